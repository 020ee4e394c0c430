import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { noteRefusal } from '../actions/index.ts'
import { generateKey, publicKeyBytes, publicKeyOf, signBytes } from '../signature/index.ts'
import {
  logFolder,
  openUnder,
  parsePolicy,
  readVkey,
  type Verifier,
  verifyLog,
  Witness,
  type WitnessAddress,
  witnessServer,
} from '../tlog/index.ts'
import { type TestService, testService } from './test-service.fixture.ts'

function ground(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'peel-witnessed-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The key of the log, from the policy that the service wrote beside it. */
function logKey(data: string): Verifier {
  const [, vkey = ''] = /^log (\S+)$/m.exec(readFileSync(join(data, 'log', 'policy.tlog-policy'), 'utf8')) ?? []
  return readVkey(vkey)
}

/** A witness of this log that serves on loopback. */
async function witness(t: TestContext, folder: string, log: Verifier, name: string): Promise<WitnessAddress> {
  const key = generateKey(hash('sha256', name, 'buffer'))
  const signer = {
    name,
    publicKey: publicKeyBytes(publicKeyOf(key)),
    sign: (bytes: Uint8Array) => signBytes(bytes, key),
  }
  const open = await Witness.open({ folder: join(folder, name), logs: [log], signer, now: () => new Date() })
  const server = witnessServer(open)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(async () => {
    server.closeAllConnections()
    server.close()
    await open.close()
  })
  return { verifier: open.verifier, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

/** An entry more in the log. */
async function somethingHappens({ ops, actor }: TestService): Promise<void> {
  const somebody = await actor('pc4321')
  await noteRefusal(ops, somebody, 'log.see', { code: 'NOT_YOUR_ROLE', says: '' })
}

const checkpoint = (data: string) => readFileSync(join(data, 'log', 'checkpoint'), 'utf8')
const policy = (data: string) => parsePolicy(readFileSync(join(data, 'log', 'policy.tlog-policy'), 'utf8'))

/** Whether what is published is the checkpoint of so many entries, cosigned by enough. */
function isWitnessed(data: string, size: number): boolean {
  const opened = openUnder(policy(data), checkpoint(data))
  return opened.witnessed && opened.checkpoint.size === size
}

test('H18: the log is cosigned by the witnesses of the settings, and whoever witnesses it stands in it', async (t) => {
  const data = join(ground(t), 'data')
  await (await testService(t, { data })).close()
  const witnesses = [
    await witness(t, data, logKey(data), 'w1.example'),
    await witness(t, data, logKey(data), 'w2.example'),
  ]
  const service = await testService(t, { data, witnesses })
  await somethingHappens(service)
  const kinds = await service.ops.store.db.selectFrom('statements').select('kind').orderBy('leaf').execute()
  assert.deepEqual(
    kinds.map(({ kind }) => kind),
    ['witness.changed', 'witness.changed', 'access.refused'],
  )
  // A checkpoint of an earlier size may stand there, cosigned, until the one of the last entry takes its place.
  while (!isWitnessed(data, kinds.length)) await setTimeout(10)
  // Oversight sees who cosigned, once they have.
  const page = (await (await service.as('aud503')).get('/oversight')).body
  assert.match(page, />Witnessed</)
  assert.match(page, /w1\.example: cosigned less than a minute ago/)
  assert.match((await service.app.inject('/metrics')).body, /peel_log_witnessed 1/)
  await service.close()
  const { checkpoint: opened, witnessed } = openUnder(policy(data), checkpoint(data))
  assert.equal(opened.size, 3)
  assert.equal(opened.witnesses.length, 2)
  assert.equal(witnessed, true)
  const { checks } = await verifyLog({ ...logFolder(join(data, 'log')), policy: policy(data) })
  assert.deepEqual(
    checks.filter(({ result }) => result !== 'passed'),
    [],
  )
})

test('a log whose witnesses are away goes on, and its checkpoint is not called witnessed', async (t) => {
  const data = join(ground(t), 'data')
  await (await testService(t, { data })).close()
  const { verifier } = await witness(t, data, logKey(data), 'w1.example')
  const service = await testService(t, { data, witnesses: [{ verifier, url: 'http://127.0.0.1:9/' }] })
  await somethingHappens(service)
  assert.equal(service.ops.journal.isRunning(), true)
  await service.close()
  assert.equal(openUnder(policy(data), checkpoint(data)).witnessed, false)
})

test('a service that was set back does not open for writing while its witnesses know more', async (t) => {
  const folder = ground(t)
  const data = join(folder, 'data')
  await (await testService(t, { data })).close()
  const witnesses = [await witness(t, folder, logKey(data), 'w1.example')]
  await (await testService(t, { data, witnesses })).close()
  cpSync(data, join(folder, 'older'), { recursive: true })
  const newer = await testService(t, { data, witnesses })
  await somethingHappens(newer)
  await newer.close()
  await assert.rejects(testService(t, { data: join(folder, 'older'), witnesses }), (error: unknown) => {
    const { code, message, hint } = error as { code: string; message: string; hint: string }
    assert.equal(code, 'LOG_ROLLED_BACK')
    assert.match(message, /a witness has cosigned this log at 2 entries, and here it has 1/)
    assert.match(hint, /do not write to it/)
    return true
  })
})
