import assert from 'node:assert/strict'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { anExtract, message } from '../../server/pages/review/an-extract.fixture.ts'
import { testService } from '../../server/test-service.fixture.ts'
import { extractPath } from '../extraction/extract-path.ts'
import { cataloguePath, prepareCatalogue } from '../review/kept-catalogue.ts'
import { destroyExtract } from './destroy-extract.ts'

test('with an extract goes its catalogue, whole and in the making, and those of others stay', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const going = await anExtract(t, service, { records: [message('the heron waits')] })
  const staying = await anExtract(t, service, { records: [message('the river')] })
  for (const { extraction } of [going, staying]) await prepareCatalogue(ops, extraction, new AbortController().signal)
  const kept = cataloguePath(ops, going.extraction)
  assert(existsSync(kept))
  writeFileSync(`${kept}.0011223344556677.unfinished`, 'x')
  const { db } = ops.store
  await db
    .updateTable('decisions')
    .set({ digest: '0'.repeat(64) })
    .where('request_id', '=', going.requestId)
    .execute()
  await db
    .updateTable('extractions')
    .set({ result: JSON.stringify({ root: '0'.repeat(64), records: {} }) })
    .where('id', '=', going.extraction)
    .execute()
  const { id } = await db
    .insertInto('destructions')
    .values({
      extraction_id: going.extraction,
      proposed_by: 'rec300',
      proposed_at: ops.now(),
      reason: 'not needed',
      approved_by: 'rec301',
      approved_at: ops.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await destroyExtract(ops, id)
  assert.equal(existsSync(extractPath(ops, going.extraction)), false)
  assert.deepEqual(
    readdirSync(ops.cataloguesFolder).map((name) => join(ops.cataloguesFolder, name)),
    [cataloguePath(ops, staying.extraction)],
  )
})
