import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { testService } from '../../../server/test-service.fixture.ts'
import { anArchive } from '../an-archive.fixture.ts'
import { archiveFolder, withArchiveKeys } from '../details.ts'
import { openedItems } from '../opened-items.ts'
import { archiveOf } from '../read-archive.ts'
import { readRecording, recordingPlace } from '../recording-file.ts'
import { registersOf } from '../registers-of.ts'
import { aProposal, approvedBy, IAO310, sampledToTheEnd } from './a-batch.fixture.ts'
import { destroyBatch } from './destroy-batch.ts'
import { batchRow } from './frozen-batch.ts'

const GOES_ON = { ending: new AbortController().signal }

test('E14: a batch that somebody else approved is gone, and everything else of the archive still opens', async (t) => {
  const { ops: given } = await testService(t)
  const archive = await anArchive(given, { recordings: 200 })
  const { ops, id } = archive
  const { db } = ops.store
  await sampledToTheEnd(ops, id)
  const batch = await aProposal(archive)
  assert.equal(await destroyBatch(ops, batch, GOES_ON), 'over')
  assert.equal((await batchRow(ops, batch)).state, 'proposed', 'nothing goes before somebody approves')
  await approvedBy(ops, IAO310, batch)
  assert.equal(await destroyBatch(ops, batch, GOES_ON), 'over')
  const row = await batchRow(ops, batch)
  assert.equal(row.state, 'destroyed')
  assert(row.certificate && row.signature)

  const gone = await db.selectFrom('batch_items').select('item_id').where('batch_id', '=', batch).execute()
  assert(gone.length > 0)
  for (const { item_id } of gone) assert(!existsSync(recordingPlace(ops, id, item_id)))
  const rows = await db.selectFrom('archive_items').selectAll().where('archive_id', '=', id).execute()
  for (const { item_id } of gone) {
    const one = rows.find((each) => each.id === item_id)
    assert(one?.state === 'destroyed' && one.sealed === null)
    // Nothing of class E was tied to anything by what is true.
    assert.deepEqual(archive.truth.get(item_id)?.ties, [])
  }
  const after = await archiveOf(ops, id)
  assert.equal(after.generation, 2)
  let opened = 0
  await withArchiveKeys(ops, after, async (keys) => {
    for await (const page of openedItems(db, keys))
      for (const one of page) {
        opened++
        for await (const piece of readRecording(recordingPlace(ops, id, one.id), {
          recordingKey: one.details.recordingKey,
          bytes: one.bytes,
        }))
          piece.fill(0)
      }
    assert((await registersOf(ops, keys)).cases.length > 0, 'registers open as well')
  })
  assert.equal(opened, rows.length - gone.length)
  assert.deepEqual(readdirSync(archiveFolder(ops, id)).sort(), ['details.2.age', 'recordings', 'registers'])
  assert.equal((await db.selectFrom('batch_survivors').selectAll().execute()).length, 0)
  assert.equal(existsSync(join(archiveFolder(ops, id), 'details.1.age')), false)

  t.diagnostic(`${gone.length} of ${rows.length} destroyed`)
})
