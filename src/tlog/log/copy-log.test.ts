import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { logFolder } from '../log-folder.ts'
import { policyOf } from '../policy.ts'
import { testSigner } from '../signer.fixture.ts'
import { verifyLog } from '../verify-log.ts'
import { ED25519, verifierOf } from '../vkey.ts'
import { copyLog } from './copy-log.ts'
import { openLog } from './open-log.ts'

const signer = testSigner('log.example/force')
const policy = policyOf([verifierOf(signer.name, ED25519, signer.publicKey)])
const now = () => new Date('2026-11-22T09:00:00Z')

function ground(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'peel-copy-log-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('a log is copied as it was at any size, also one that it never signed, and goes on from there as itself', async (t) => {
  const place = ground(t)
  const log = await openLog({
    folder: join(place, 'log'),
    state: join(place, 'state'),
    signer,
    now,
    window: 1,
    grace: 0,
  })
  t.after(() => log.close())
  const entries = Array.from({ length: 700 }, (_, at) => Buffer.from(`entry ${at}`))
  for (const [from, to] of [
    [0, 1],
    [1, 5],
    [5, 255],
    [255, 258],
    [258, 600],
    [600, 700],
  ] as const)
    await log.published((await log.appendMany(entries.slice(from, to))) + to - from - 1)
  for (const size of [0, 1, 3, 5, 254, 255, 256, 257, 258, 300, 511, 512, 600, 601, 700]) {
    const copy = { folder: join(place, `copy-${size}`), state: join(place, `copy-state-${size}`) }
    await copyLog(join(place, 'log'), size, copy)
    const again = await openLog({ ...copy, signer, now, window: 1 })
    assert.equal(again.size, size)
    const first = await again.append(entries[size] ?? Buffer.from('the next'))
    assert.equal(first, size)
    await again.close()
    const known = [log.checkpoint()]
    const { checks } = await verifyLog({ ...logFolder(copy.folder), policy })
    assert.deepEqual(
      checks.filter(({ result }) => result === 'failed'),
      [],
      String(size),
    )
    // What it goes on with is the same tree, as far as it goes.
    if (size >= 699) {
      const { checks: same } = await verifyLog({ ...logFolder(copy.folder), policy, known })
      assert.equal(same.find(({ name }) => name === 'known checkpoints')?.result, 'passed')
    }
  }
})

test('more than a log has is not copied', async (t) => {
  const place = ground(t)
  const log = await openLog({ folder: join(place, 'log'), state: join(place, 'state'), signer, now })
  await log.close()
  const copy = { folder: join(place, 'copy'), state: join(place, 'copy-state') }
  await assert.rejects(copyLog(join(place, 'log'), 1, { ...copy }, 0), { code: 'OUT_OF_RANGE' })
})
