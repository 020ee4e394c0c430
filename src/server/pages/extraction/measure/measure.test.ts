import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  approveDestruction,
  destroyExtract,
  destroyPart,
  openExtract,
  proposeExcessDestruction,
  readExtraction,
  tagRecords,
} from '../../../../actions/index.ts'
import { testService, type TestService } from '../../../test-service.fixture.ts'
import { aPart, RUN } from '../../retention/a-part.fixture.ts'

const idsOn = (html: string) => [...html.matchAll(/name="record" value="([^"]+)"/g)].map(([, id = '']) => id)

async function measured(service: TestService, extraction: string) {
  const { measure } = await readExtraction(service.ops, await service.actor('pc4321'), extraction)
  return measure
}

test('C5: the page of an extraction measures what was taken against what was looked at, relevant and in excess, and the numbers outlive it', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const { db } = ops.store
  const part = await aPart(t, service)
  const { extraction, gone } = part
  const officer = await service.as('pc4321')
  const before = await officer.get(`/extractions/${extraction}`)
  assert.match(before.body, /How much of it was needed/)
  assert.match(before.body, /Nobody has looked at it yet\./)

  const reviewer = await service.as('rev200')
  const actor = await service.actor('rev200')
  await openExtract(ops, actor, { extraction, purpose: 'line-of-enquiry' })
  const page = await reviewer.get(`/extractions/${extraction}/review/timeline`)
  const seen = new Set(idsOn(page.body))
  assert(seen.size > 3)
  const [first = '', second = ''] = [...seen].filter((id) => id !== part.kept[0])
  await tagRecords(ops, actor, { extraction, records: [first], tag: 'relevant' })
  await tagRecords(ops, actor, { extraction, records: [second], tag: 'not_relevant' })
  // What is shown again is not looked at twice.
  await reviewer.get(`/extractions/${extraction}/review/timeline`)
  await reviewer.get(`/extractions/${extraction}/review/records/${first}`)
  const now = { seen: seen.size, relevant: 2, notRelevant: 1, excess: gone.length }
  assert.deepEqual(await measured(service, extraction), now)
  const shown = await officer.get(`/extractions/${extraction}`)
  assert.match(shown.body, /For each record that was found relevant, [\d,.]+ were taken\./)
  assert.match(shown.body, new RegExp(`Set apart as taken in excess</td><td[^>]*>${gone.length}</td>`))
  for (const id of [...seen, ...gone]) assert(!shown.body.includes(id), 'numbers, and no record')

  // A part goes: somebody had looked at one of it.
  await db
    .insertInto('seen_records')
    .values({ extraction_id: extraction, record_id: gone[0] ?? '' })
    .execute()
  const id = await proposeExcessDestruction(ops, await service.actor('dis210'), {
    extraction,
    reason: 'Not asked for.',
  })
  await approveDestruction(ops, await service.actor('rec300'), id)
  assert.equal(await destroyPart(ops, id, RUN), 'over')
  assert.deepEqual(await measured(service, extraction), { ...now, seen: now.seen + 1 })
  const left = await db.selectFrom('seen_records').select('record_id').execute()
  assert(
    left.every(({ record_id }) => !gone.includes(record_id)),
    'which of them was seen is forgotten',
  )

  // All of it goes.
  const { id: whole } = await db
    .insertInto('destructions')
    .values({
      extraction_id: extraction,
      proposed_by: 'rec300',
      proposed_at: ops.now(),
      reason: 'not needed',
      approved_by: 'rec301',
      approved_at: ops.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await destroyExtract(ops, whole)
  assert.deepEqual(await measured(service, extraction), { ...now, seen: now.seen + 1 })
  assert.deepEqual(await db.selectFrom('seen_records').selectAll().execute(), [])
  assert.deepEqual(await db.selectFrom('tags').selectAll().where('extraction_id', '=', extraction).execute(), [])
  const after = await officer.get(`/extractions/${extraction}`)
  assert.match(after.body, new RegExp(`Found relevant</td><td[^>]*>2</td>`))
})

test('C5: what was set apart is not told by how much of it somebody looked at', async (t) => {
  const service = await testService(t)
  const { extraction } = await aPart(t, service)
  const disclosure = await service.as('dis210')
  await disclosure.post(`/extractions/${extraction}/excess/open`, { purpose: 'excess' })
  assert.equal((await disclosure.get(`/extractions/${extraction}/excess`)).statusCode, 200)
  assert.equal((await measured(service, extraction)).seen, 0)
})
