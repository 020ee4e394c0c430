// A worker killed at any moment while an archive is closed: another goes on, and no archive is closed of which a key still opens something.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { anArchive, REC300 } from '../../src/actions/archive/an-archive.fixture.ts'
import { IAO310 } from '../../src/actions/archive/batch/a-batch.fixture.ts'
import { keepTheRest } from '../../src/actions/archive/close/a-closing.fixture.ts'
import { archiveFolder, archiveKeyName } from '../../src/actions/archive/details.ts'
import { archiveOf } from '../../src/actions/archive/read-archive.ts'
import { closeArchive, decideClosing, type Ops, proposeClosing } from '../../src/actions/index.ts'
import { testService } from '../../src/server/test-service.fixture.ts'
import { goesOn, killedAfter } from './killed-worker.ts'
import { soundLog } from './sound-log.ts'

const KILLS = 10
const GOES_ON = { ending: new AbortController().signal }

async function approved(given: Ops, seed: string): Promise<{ ops: Ops; id: string }> {
  const archive = await anArchive(given, { recordings: 12, seed })
  const { ops, id } = archive
  await keepTheRest(archive)
  await proposeClosing(ops, REC300, id)
  await decideClosing(ops, IAO310, { archiveId: id, outcome: 'approved' })
  return { ops, id }
}

test('E14, C24: a worker that is killed at any of ten moments of closing an archive leaves it to be closed, and in the end it is, once', async (t) => {
  const service = await testService(t)
  const first = await approved(service.ops, 'whole')
  const whole = (await killedAfter(first.ops, service.databaseAddress, ['close', first.id], 60_000)) as number
  assert(whole > 0)
  const closed = [first.id]
  const found: string[] = []
  for (let kill = 0; kill < KILLS; kill++) {
    const { ops, id } = await approved(service.ops, `kill ${kill}`)
    const wait = Math.round((whole * (kill + 0.5)) / KILLS)
    await killedAfter(ops, service.databaseAddress, ['close', id], wait)
    const { state } = await archiveOf(ops, id)
    const isOpen = await ops.keyring.has(archiveKeyName(id))
    found.push(`${wait} ms: ${state}${isOpen ? ', with its key' : ''}`)
    assert(state === 'closing' || !isOpen, 'no archive is closed whose key is there')
    await goesOn(() => closeArchive(ops, id, GOES_ON))
    assert.equal((await archiveOf(ops, id)).state, 'closed')
    assert.equal(await ops.keyring.has(archiveKeyName(id)), false)
    assert(!existsSync(archiveFolder(ops, id)))
    closed.push(id)
  }
  t.diagnostic(`a whole one: ${Math.round(whole)} ms; killed after ${found.join(', ')}`)
  const entries = await service.ops.store.db
    .selectFrom('statements')
    .select('id')
    .where('kind', '=', 'archive.closed')
    .execute()
  assert.equal(entries.length, closed.length, 'logged once each')
  await soundLog(service.ops)
})
