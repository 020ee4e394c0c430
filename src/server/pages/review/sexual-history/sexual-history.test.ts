import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openExtract, sexualHistoryIn, tagRecords } from '../../../../actions/index.ts'
import { openEvent } from '../../../../events/index.ts'
import { testService } from '../../../test-service.fixture.ts'
import { aPart, recordsIn } from '../../retention/a-part.fixture.ts'
import { anExtract, message } from '../an-extract.fixture.ts'

const PURPOSE = 'line-of-enquiry'
const WARNING = /a court’s leave is needed before it is used/

test('G13: sexual history of a complainant is tagged like the rest, and the record is shown with the warning of section 41', async (t) => {
  const service = await testService(t)
  const [tagged, other] = [message('the heron waits'), message('the river')]
  const { extraction, caseId } = await anExtract(t, service, { records: [tagged, other] })
  const base = `/extractions/${extraction}/review`
  const reviewer = await service.as('rev200')
  await reviewer.post(`/extractions/${extraction}/open`, { purpose: PURPOSE })
  const timeline = await reviewer.get(`${base}/timeline`)
  assert.match(timeline.body, /name="tag" value="sexual_history"/)
  assert.doesNotMatch(timeline.body, WARNING)
  await reviewer.post(`${base}/tag`, { tag: 'sexual_history', record: tagged.id })
  for (const page of ['timeline', 'conversations/0', `records/${tagged.id}`, 'timeline?tag=sexual_history']) {
    const { body } = await reviewer.get(`${base}/${page}`)
    assert.equal(body.match(new RegExp(WARNING, 'g'))?.length, 1, page)
  }
  assert.doesNotMatch((await reviewer.get(`${base}/records/${other.id}`)).body, WARNING)
  const rows = await service.ops.store.db
    .selectFrom('statements')
    .select('envelope')
    .where('kind', '=', 'item.tagged')
    .where('case_id', '=', caseId)
    .execute()
  const [details] = rows.map(({ envelope }) => openEvent(envelope, []).details)
  assert.deepEqual([details?.['tag'], details?.['records']], ['sexual-history', 1])
  await reviewer.post(`${base}/tag`, { tag: 'sexual_history remove', record: tagged.id })
  assert.doesNotMatch((await reviewer.get(`${base}/timeline`)).body, WARNING)
})

test('G13: the disclosure officer is alerted on the pages of the case and the extraction by a count, and nobody else', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const { extraction, caseId } = await aPart(t, service)
  const reviewer = await service.actor('rev200')
  await openExtract(ops, reviewer, { extraction, purpose: PURPOSE })
  const apart = await ops.store.db
    .selectFrom('tags')
    .select('record_id')
    .where('tag', '=', 'excess')
    .where('extraction_id', '=', extraction)
    .execute()
  const hidden = new Set(apart.map(({ record_id }) => record_id))
  const [one = '', two = '', three = ''] = (await recordsIn(ops, extraction))
    .map(({ id }) => id)
    .filter((id) => !hidden.has(id))
  const pages = [`/cases/${caseId}`, `/extractions/${extraction}`]
  const disclosure = await service.as('dis210')
  for (const page of pages) assert.doesNotMatch((await disclosure.get(page)).body, /sexual history/)
  await tagRecords(ops, reviewer, { extraction, records: [one, two, three], tag: 'sexual_history' })
  await tagRecords(ops, reviewer, { extraction, records: [three], tag: 'privileged' })
  for (const page of pages) {
    const { body } = await disclosure.get(page)
    // What counsel decides on is not told by how much of it there is.
    assert.match(
      body,
      /2 records of [^ ]+ may be about the sexual history of a complainant\. A court’s leave is needed/,
    )
    for (const id of [one, two, three]) assert(!body.includes(id), 'no record is named')
    for (const who of ['rev200', 'pc4321'])
      assert.doesNotMatch((await (await service.as(who)).get(page)).body, /2 records of/)
  }
  const elsewhere = await service.actor('dis210')
  await ops.store.db.deleteFrom('case_members').where('person_id', '=', 'dis210').execute()
  assert.deepEqual(await sexualHistoryIn(ops, elsewhere, caseId), [])
})
