import assert from 'node:assert/strict'
import { after, type TestContext, test } from 'node:test'
import {
  beginByHand,
  cancelExtraction,
  endAuthorisation,
  giveReceipt,
  recordByHand,
  type SaidByHand,
  startExtraction,
  withdrawAgreement,
} from '../../../../actions/index.ts'
import { testService } from '../../../test-service.fixture.ts'
import { aGranted, type Granted } from '../granted.fixture.ts'

const service = await testService({ after } as unknown as TestContext)
const { ops, app } = service
const officer = await service.as('ext510')
const investigator = await service.as('pc4321')

const SERIAL = 'PEELSAMPLE01'
const MINUTE = 60_000
/** What is filled in of one look at the screen: messages of the first clause, calls of the second. */
const LOOKED = {
  when: 'now',
  present: ['user', 'interpreter'],
  'counts-0': '12',
  'counts-1': '0',
  beside: 'no',
  nothingElse: 'yes',
}

async function begun(method: 'screen' | 'photographs' = 'screen'): Promise<Granted & { id: string; at: string }> {
  const granted = await aGranted(service, { serial: SERIAL })
  const { officer, requestId } = granted
  const id = await beginByHand(ops, officer, { requestId, method, device: { serial: SERIAL } })
  return { ...granted, id, at: `/extractions/${id}` }
}

const said = (changes: Partial<SaidByHand> = {}): SaidByHand => ({
  to: ops.now(),
  present: ['user'],
  counts: [3, 0],
  excess: 0,
  pictures: 0,
  keptAs: '',
  nothingElse: true,
  ...changes,
})

async function logged(caseId: string): Promise<string[]> {
  const rows = await ops.store.db
    .selectFrom('statements')
    .select('kind')
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute()
  return rows.map(({ kind }) => kind).filter((kind) => kind.includes('by_hand'))
}

const rowOf = (id: string) =>
  ops.store.db.selectFrom('extractions').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

test('B10: a phone is looked at by hand from the page where an extraction starts, and the record says what was seen', async () => {
  const { requestId, caseId } = await aGranted(service, { serial: SERIAL })
  const start = `/requests/${requestId}/extraction`
  assert.match((await officer.get(start)).body, new RegExp(`href="${start}/by-hand"`))
  const page = await officer.get(`${start}/by-hand`)
  assert.equal(page.statusCode, 200, page.body)
  assert.match(page.body, /\+44 ?7700 ?900123|07700 ?900123/)
  assert.doesNotMatch(page.body, new RegExp(SERIAL), 'it is read off the phone, not off the page')

  const begins = await officer.post(`${start}/by-hand`, { method: 'screen', serial: ' peelsample01 ' })
  assert.equal(begins.statusCode, 303, begins.body)
  const at = String(begins.headers['location'])
  assert.deepEqual(await logged(caseId), ['extraction.begun_by_hand'])
  assert.match((await officer.get(at)).body, /Being looked at/)
  assert.match((await officer.get('/')).body, /Record what was seen on/)
  assert.match((await investigator.get(at)).body, /Whoever looks records here/)

  const recorded = await officer.post(`${at}/by-hand`, LOOKED)
  assert.equal(recorded.statusCode, 303, recorded.body)
  assert.deepEqual(await logged(caseId), ['extraction.begun_by_hand', 'extraction.recorded_by_hand'])
  const { body } = await investigator.get(at)
  assert.match(body, /Messages, clause C1<\/td><td class="govuk-table__cell">12</)
  assert.match(body, /Nothing was seen beside what was authorised/)
  assert.match(body, /No picture and no copy was made/)
  assert.match(body, /An interpreter or intermediary/)
  const other = await officer.post(`${at}/by-hand`, LOOKED)
  assert.equal(other.statusCode, 409, 'what is on record stays')
  assert.match((await officer.get('/')).body, new RegExp(`${at}/receipt`))
})

test('B10: looking by hand goes through the same gates as an extraction: a live grant, whoever may, and who they are', async () => {
  const { requestId, caseId, officer: person, investigator: asks } = await aGranted(service, { serial: SERIAL })
  const path = `/requests/${requestId}/extraction/by-hand`
  const sent = { method: 'screen', serial: SERIAL }
  assert.equal((await investigator.post(path, sent)).statusCode, 403)
  await ops.store.db
    .deleteFrom('case_members')
    .where('case_id', '=', caseId)
    .where('person_id', '=', 'ext510')
    .execute()
  assert.equal((await officer.post(path, sent)).statusCode, 404)
  await ops.store.db
    .insertInto('case_members')
    .values({
      case_id: caseId,
      person_id: 'ext510',
      capacity: 'extraction_officer',
      added_at: ops.now(),
      added_by: 'pc4321',
    })
    .execute()
  const stale = await service.as('ext510', { stepUp: false })
  assert.match(String((await stale.get(path)).headers.location), /^\/confirm-it-is-you/)
  assert.equal((await stale.post(path, sent)).statusCode, 403)
  const device = { serial: SERIAL }
  const begin = () => beginByHand(ops, person, { requestId, method: 'screen', device })
  await assert.rejects(beginByHand(ops, { ...person, stepUp: false }, { requestId, method: 'screen', device }), {
    reason: 'STEP_UP',
  })
  await withdrawAgreement(ops, asks, { requestId, channel: 'in-person' })
  await assert.rejects(begin(), { code: 'NOT_NOW', reason: 'WITHDRAWN' })
  const ended = await aGranted(service, { serial: SERIAL })
  await endAuthorisation(ops, await service.actor('insp77'), { requestId: ended.requestId, because: 'mistake' })
  await assert.rejects(beginByHand(ops, person, { requestId: ended.requestId, method: 'screen', device }), {
    code: 'NOT_NOW',
  })
  const none = await ops.store.db
    .selectFrom('extractions')
    .select('id')
    .where('request_id', 'in', [requestId, ended.requestId])
    .execute()
  assert.deepEqual(none, [])
})

test('B10: another phone than the one authorised is not looked at, and one without a number is told by its label', async () => {
  const { requestId, caseId } = await aGranted(service, { serial: SERIAL })
  const path = `/requests/${requestId}/extraction/by-hand`
  for (const serial of ['F2LXK0ABCD', '']) {
    const answer = await officer.post(path, { method: 'screen', serial })
    assert.equal(answer.statusCode, 422)
    assert.match(answer.body, /href="#serial"/)
  }
  const by = await aGranted(service)
  const label = `/requests/${by.requestId}/extraction/by-hand`
  assert.equal((await officer.post(label, { method: 'screen', exhibit: 'AH/2' })).statusCode, 422)
  assert.deepEqual([...(await logged(caseId)), ...(await logged(by.caseId))], [])
  assert.equal((await officer.post(label, { method: 'screen', exhibit: 'ah/1' })).statusCode, 303)
})

test('B10: under a grant one thing goes on at a time, by hand or by a program; by hand first, an extraction may follow', async () => {
  const { id, requestId, officer: person } = await begun()
  const again = () => beginByHand(ops, person, { requestId, method: 'photographs', device: { serial: SERIAL } })
  await assert.rejects(again(), { code: 'NOT_NOW', reason: 'GOING_ON' })
  assert.equal((await officer.get(`/requests/${requestId}/extraction`)).statusCode, 200)
  const upload = { requestId, from: { upload: '00000000-0000-0000-0000-000000000000' } }
  await assert.rejects(startExtraction(ops, person, upload), { reason: 'GOING_ON' })
  await recordByHand(ops, person, id, said())
  await assert.rejects(startExtraction(ops, person, upload), { reason: 'UPLOAD_UNFINISHED' })
  // A program took what was authorised: there is nothing left to look for.
  await ops.store.db.updateTable('extractions').set({ state: 'sealed', result: '{}' }).where('id', '=', id).execute()
  await assert.rejects(again(), { reason: 'ALREADY_TAKEN' })
  await ops.store.db.updateTable('extractions').set({ state: 'failed' }).where('id', '=', id).execute()
})

test('B10: of two who begin at once one begins', async () => {
  const { requestId, caseId, officer: person } = await aGranted(service, { serial: SERIAL })
  const begin = () => beginByHand(ops, person, { requestId, method: 'screen', device: { serial: SERIAL } })
  const came = await Promise.allSettled([begin(), begin(), begin()])
  assert.equal(came.filter(({ status }) => status === 'fulfilled').length, 1)
  assert.deepEqual(await logged(caseId), ['extraction.begun_by_hand'])
})

test('B10: what is missing from a record is asked for, and nothing is recorded before', async () => {
  const { at, caseId } = await begun('photographs')
  const path = `${at}/by-hand`
  const empty = await officer.post(path)
  assert.equal(empty.statusCode, 422)
  for (const name of ['when', 'present', 'counts-0', 'counts-1', 'beside', 'pictures', 'nothingElse'])
    assert.match(empty.body, new RegExp(`href="#${name}"`), name)
  const made = { ...LOOKED, pictures: '2', keptAs: 'AH/2' }
  const wrong: [Record<string, string | string[]>, string][] = [
    [{ 'counts-0': '-1' }, 'counts-0'],
    [{ 'counts-0': '1e3' }, 'counts-0'],
    [{ 'counts-0': '99999999' }, 'counts-0'],
    [{ beside: 'yes' }, 'excess'],
    [{ keptAs: '' }, 'keptAs'],
    [{ keptAs: 'a picture of <b>' }, 'keptAs'],
    [{ 'counts-0': '0' }, 'pictures'],
    [{ present: ['user', 'nobody'] }, 'present'],
    [{ present: ['somebody'] }, 'present'],
    [{ nothingElse: 'no' }, 'nothingElse'],
    [{ when: 'earlier', 'when-day': '1', 'when-month': '1', 'when-year': '2020', 'when-time': '9:00' }, 'when-day'],
  ]
  for (const [change, name] of wrong) {
    const answer = await officer.post(path, { ...made, ...change })
    assert.equal(answer.statusCode, 422, JSON.stringify(change))
    assert.match(answer.body, new RegExp(`href="#${name}"`), JSON.stringify(change))
  }
  assert.deepEqual(await logged(caseId), ['extraction.begun_by_hand'])
  assert.equal((await officer.post(path, made)).statusCode, 303)
})

test('B10: pictures of a screen are on record as an exhibit with a day on which they are looked at again, and are not held here', async () => {
  const { id, at } = await begun('photographs')
  await officer.post(`${at}/by-hand`, { ...LOOKED, beside: 'yes', excess: '3', pictures: '5', keptAs: 'AH/2' })
  const { result, state } = await rowOf(id)
  assert.equal(state, 'recorded')
  assert.equal(result?.['excess'], 3)
  assert.equal(result?.['kept_as'], 'AH/2')
  assert.match(String(result?.['review_on']), /^\d{4}-\d{2}-\d{2}$/)
  const { body } = await officer.get(at)
  assert.match(body, /Kept as exhibit/)
  assert.match(body, /Seen beside what was authorised: <strong>3<\/strong>/)
  assert.match(body, /The photographs are not held here/)
  assert(!(await ops.keyring.has(id)), 'there is nothing to seal, and so no key')
  const held = await ops.store.db.selectFrom('holdings').select('case_id').where('extraction_id', '=', id).execute()
  assert.deepEqual(held, [])
  const opened = await investigator.post(`${at}/open`, { purpose: 'line-of-enquiry' })
  assert.equal(opened.statusCode, 409, opened.body)
})

test('B10: whoever stops it stops what is looked at by hand, and it is still recorded what was seen', async () => {
  const { id, at, officer: person, investigator: asks } = await begun()
  await cancelExtraction(ops, asks, id)
  assert.match((await officer.get(at)).body, /Stop looking now/)
  await recordByHand(ops, person, id, said({ counts: [0, 0] }))
  assert.match((await officer.get(at)).body, /Somebody stopped it/)
})

test('B10, A4, C11: the receipt of what was looked at by hand says what was seen, on paper and behind its code, and nothing more', async () => {
  const { id, at, officer: person } = await begun('photographs')
  await assert.rejects(giveReceipt(ops, person, { extractionId: id, manner: 'paper' }), { reason: 'NOT_SEALED' })
  await officer.post(`${at}/by-hand`, { ...LOOKED, beside: 'yes', excess: '1', pictures: '5', keptAs: 'AH/2' })
  const given = await officer.post(`${at}/receipt`, { manner: 'paper' })
  assert.equal(given.statusCode, 200, given.body)
  assert.match(given.body, /What we looked at on your phone/)
  assert.match(given.body, /messages: 12/)
  assert.match(given.body, /one other thing that we did not look for/)
  assert.match(given.body, /under the number AH\/2/)
  const code = /([0-9A-Z]{4}-){3}[0-9A-Z]{4}/.exec(given.body)?.[0] ?? ''
  const pdf = await officer.post(`${at}/receipt.pdf`, { code })
  assert.equal(pdf.rawPayload.subarray(0, 5).toString(), '%PDF-')
  const { body, statusCode } = await app.inject(`/my-phone/${code}`)
  assert.equal(statusCode, 200)
  assert.match(body, /What was seen on your phone/)
  assert.match(body, /Messages: 12<\/li>/)
  assert.match(body, /1 other thing was seen/)
  assert.match(body, /Withdraw my agreement/)
  assert.doesNotMatch(body, /900123|files on it were never opened/)

  const none = await begun()
  await recordByHand(ops, none.officer, none.id, said({ counts: [0, 0] }))
  const paper = (await officer.post(`${none.at}/receipt`, { manner: 'screen' })).body
  assert.match(paper, /We saw nothing of it/)
  assert.match(paper, /We made no picture and no copy of it/)
  assert.doesNotMatch(paper, /We check on or before/)
})

test('B10: nothing that anybody could type about the phone goes into the log', async () => {
  const { caseId, at } = await begun('photographs')
  await officer.post(`${at}/by-hand`, { ...LOOKED, pictures: '5', keptAs: 'AH/2' })
  const rows = await ops.store.db
    .selectFrom('statements')
    .select('envelope')
    .where('case_id', '=', caseId)
    .where('kind', '=', 'extraction.recorded_by_hand')
    .execute()
  assert.equal(rows.length, 1)
  const text = Buffer.from(JSON.parse(rows[0]?.envelope ?? '{}').payload, 'base64').toString()
  assert.match(text, /"seen":\{"call":0,"message":12\}/)
  assert.doesNotMatch(text, /AH\/2|interpreter/)
})

test('B10, B23: where agreement is withdrawn while somebody looks, they are told to stop, and what went on after is on record as that', async () => {
  const { id, at, requestId, caseId, officer: person, investigator: asks } = await begun('photographs')
  const { stage, letter } = await withdrawAgreement(ops, asks, { requestId, channel: 'in-person' })
  assert.equal(stage, 'during')
  assert.match(JSON.stringify(letter), /We have locked what we had copied/)
  assert.match((await officer.get(at)).body, /Stop looking now/)
  assert.match((await officer.get(`${at}/by-hand`)).body, /Stop looking now/)
  const other = await begun()
  await recordByHand(ops, other.officer, other.id, said())
  const after = await withdrawAgreement(ops, asks, { requestId: other.requestId, channel: 'in-person' })
  assert.equal(after.stage, 'after')
  assert.equal((await rowOf(other.id)).result?.['late'], false)

  service.setNow(new Date(ops.now().getTime() + 10 * MINUTE))
  const counts = [3, 0]
  await recordByHand(ops, person, id, said({ counts, pictures: 1, keptAs: 'AH/2' }))
  assert.deepEqual(await logged(caseId), ['extraction.begun_by_hand', 'extraction.recorded_by_hand'])
  assert.equal((await rowOf(id)).result?.['late'], true)
  assert.match((await officer.get(at)).body, /It went on after the authorisation had ended/)
})
