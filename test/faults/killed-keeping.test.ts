// A worker killed at any moment while recordings are sealed for a case and leave their archive: another goes on, nothing is kept twice and nothing is lost.
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { test } from 'node:test'
import { keepRecordings, keepsLeftBehind } from '../../src/actions/index.ts'
import { anArchive } from '../../src/actions/archive/an-archive.fixture.ts'
import { aCase, APPROVED, DIS210, INSP77, KEEP_RUN, WHY } from '../../src/actions/archive/keep/a-keep.fixture.ts'
import { approveKeep } from '../../src/actions/archive/keep/decide-keep.ts'
import { proposeKeep } from '../../src/actions/archive/keep/propose-keep.ts'
import { recordingPlace } from '../../src/actions/archive/recording-file.ts'
import { extractPath } from '../../src/actions/extraction/extract-path.ts'
import type { PeelRecord } from '../../src/records/index.ts'
import { testService } from '../../src/server/test-service.fixture.ts'
import { ContainerReader } from '../../src/vault/index.ts'
import { goesOn, killedAfter } from './killed-worker.ts'
import { soundLog } from './sound-log.ts'

const KILLS = 10
/** recordings of one keep */
const EACH = 3

test('E14: a worker that is killed at any of ten moments of keeping recordings leaves each in the extract, or in the archive, and in the end in the extract alone', {
  timeout: 600_000,
}, async (t) => {
  const service = await testService(t)
  const { ops, id } = await anArchive(service.ops)
  const { db } = ops.store
  const about = await aCase(ops)
  // Whatever they are tied to: it is not what is asked here.
  const items = await db
    .updateTable('archive_items')
    .set({ class: 'B' })
    .where('archive_id', '=', id)
    .where('class', '=', 'E')
    .returning(['id', 'sha256'])
    .execute()
  assert(items.length >= (KILLS + 1) * EACH)
  const approved = async (at: number): Promise<string> => {
    const recordings = items.slice(at * EACH, (at + 1) * EACH).map((one) => one.id)
    const keep = await proposeKeep(ops, DIS210, id, { recordings, caseId: about.id, ...WHY })
    await approveKeep(ops, INSP77, keep, APPROVED)
    return keep
  }
  const whole = (await killedAfter(ops, service.databaseAddress, ['keep', await approved(0)], 60_000)) as number
  const ends: string[] = []
  for (let kill = 1; kill <= KILLS; kill++) {
    const keep = await approved(kill)
    const wait = Math.round(whole * ((kill - Math.random()) / KILLS))
    await killedAfter(ops, service.databaseAddress, ['keep', keep], wait)
    const { done_at } = await db
      .selectFrom('recording_keeps')
      .select('done_at')
      .where('id', '=', keep)
      .executeTakeFirstOrThrow()
    ends.push(`${wait} ms${done_at === null ? '' : ': done'}`)
    await goesOn(() => keepRecordings(ops, keep, KEEP_RUN))
    assert.equal(await keepRecordings(ops, keep, KEEP_RUN), 'over', 'again, as a queue may hand it out twice')
  }
  t.diagnostic(`a whole one: ${Math.round(whole)} ms; killed after ${ends.join(', ')}`)
  assert.deepEqual(await keepsLeftBehind(ops), [])

  const keeps = await db.selectFrom('recording_keeps').selectAll().execute()
  assert.equal(keeps.length, KILLS + 1)
  const seen: string[] = []
  for (const { extraction_id, done_at, failure } of keeps) {
    assert(extraction_id && done_at && failure === null)
    await ops.keyring.useExtractIdentity(extraction_id, async (identity) => {
      const reader = await ContainerReader.open(extractPath(ops, extraction_id), [identity])
      const records = [...reader.records()].map(({ json }) => JSON.parse(json) as PeelRecord)
      reader.close()
      assert.equal(records.length, EACH)
      for (const { provenance, attachments } of records) {
        const item = items.find((one) => provenance.file.endsWith(`/${one.id}`))
        assert(item && attachments[0]?.taken && attachments[0].sha256 === item.sha256)
        seen.push(item.id)
      }
    })
  }
  assert.equal(new Set(seen).size, seen.length, 'nothing is kept twice')
  for (const row of await db.selectFrom('archive_items').selectAll().where('archive_id', '=', id).execute()) {
    const isKept = seen.includes(row.id)
    assert.equal(row.state, isKept ? 'kept' : 'held')
    assert.equal(row.sealed === null, isKept)
    assert.equal(existsSync(recordingPlace(ops, id, row.id)), !isKept)
  }
  assert.deepEqual(
    readdirSync(ops.extractsFolder).sort(),
    keeps.map(({ extraction_id }) => `${extraction_id}.peel`).sort(),
    'no half of an extract',
  )
  const kept = await db.selectFrom('statements').select('id').where('kind', '=', 'recording.kept').execute()
  assert.equal(kept.length, KILLS + 1, 'each is written down once')
  assert.equal((await db.selectFrom('holdings').selectAll().execute()).length, KILLS + 1)
  await soundLog(ops)
})
