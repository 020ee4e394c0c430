import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCase } from '../../../actions/index.ts'
import { testService } from '../../test-service.fixture.ts'

const CASE = { reference: '42/101234/26', offence: 'Harassment', group: '3' }

test('a case is opened, and whoever opens it is its officer', async (t) => {
  const service = await testService(t)
  const ada = await service.as('pc4321')
  const opened = await ada.post('/cases/new', { ...CASE, reference: ' 42/101234/26 ' })
  assert.equal(opened.statusCode, 303)
  const page = await ada.get(String(opened.headers.location))
  assert.match(page.body, /Case 42\/101234\/26/)
  assert.match(page.body, /Ada Holt, constable/)
  assert.match(page.body, /A case was opened<\/h3>\s*<p[^>]*>by Ada Holt/)
  const statements = await service.ops.store.db
    .selectFrom('statements')
    .selectAll()
    .where('kind', '=', 'case.opened')
    .execute()
  assert.equal(statements.length, 1)
  assert.notEqual(statements[0]?.leaf, null)
})

test('a form with mistakes keeps what was written, says what is wrong, and opens nothing', async (t) => {
  const service = await testService(t)
  const ada = await service.as('pc4321')
  await ada.post('/cases/new', CASE)
  const answer = await ada.post('/cases/new', { ...CASE, reference: '42/101234/26', offence: 'Theft <b>' })
  assert.equal(answer.statusCode, 400)
  assert.match(answer.body, /There is a case with this reference already/)
  assert.match(answer.body, /Theft &lt;b&gt;/)
  const empty = await ada.post('/cases/new', {})
  assert.match(empty.body, /Error: Open a case/)
  for (const says of ['Enter the reference', 'Enter the offence', 'Choose for how long'])
    assert.match(empty.body, new RegExp(says))
  assert.equal((await service.ops.store.db.selectFrom('cases').selectAll().execute()).length, 1)
})

test('C19: who is not let into a case does not learn that there is one', async (t) => {
  const service = await testService(t)
  const ada = await service.as('pc4321')
  const here = String((await ada.post('/cases/new', CASE)).headers.location)
  const ben = await service.as('pc4322')
  assert.equal((await ben.get(here)).statusCode, 404)
  assert.doesNotMatch((await ben.get('/cases')).body, /101234/)
  assert.doesNotMatch((await ben.get('/cases?q=101234')).body, /<a class="govuk-link" href="\/cases\//)
  assert.equal((await ben.get(here)).body, (await ben.get('/cases/11111111-2222-4333-8444-555555555555')).body)

  const added = await ada.post(`${here}/members`, { person: 'pc4322', capacity: 'investigator' })
  assert.equal(added.statusCode, 303)
  assert.equal((await ben.get(here)).statusCode, 200)
  const removed = await ada.post(`${here}/members/pc4322/remove`)
  assert.equal(removed.statusCode, 303)
  assert.equal((await ben.get(here)).statusCode, 404)
  const page = await ada.get(here)
  assert.match(page.body, /Ben Osei left the case[\s\S]*Ben Osei was let into the case/)
  const names = async (done: string) => (await ada.get(`${here}/members?done=${done}`)).body
  assert.match(await names('added'), /Ben Osei is in the case now\./)
  assert.match(await names('removed'), /Ben Osei is not in the case any more\./)
  // The log names nobody.
  const said = await service.ops.store.db.selectFrom('statements').select('envelope').execute()
  for (const { envelope } of said)
    assert.doesNotMatch(Buffer.from(JSON.parse(envelope).payload, 'base64').toString(), /Osei/)
})

test('C19: a case starts with its officer alone, and keeps records for no longer than its offence asks', async (t) => {
  const service = await testService(t)
  const actor = await service.actor('pc4321')
  const id = await openCase(service.ops, actor, { reference: 'A1', offence: 'Theft' })
  const { db } = service.ops.store
  assert.deepEqual(
    (await db.selectFrom('case_members').select('person_id').where('case_id', '=', id).execute()).map(
      (row) => row.person_id,
    ),
    ['pc4321'],
  )
  assert.equal(
    (await db.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirstOrThrow()).retention_group,
    '3',
  )
})

test('H12 and C29: the data protection officer sees every case and is offered nothing to do', async (t) => {
  const service = await testService(t)
  const ada = await service.as('pc4321')
  const here = String((await ada.post('/cases/new', CASE)).headers.location)
  const dpo = await service.as('dpo400')
  assert.match((await dpo.get('/cases')).body, /101234/)
  const page = await dpo.get(here)
  assert.equal(page.statusCode, 200)
  assert.doesNotMatch(page.body, /Receive a device|Change who is in it|Close the case/)
})

test('H1: only an investigator opens a case, and only a member lets others in', async (t) => {
  const service = await testService(t)
  const inspector = await service.as('insp77')
  assert.equal((await inspector.post('/cases/new', CASE)).statusCode, 403)
  const ada = await service.as('pc4321')
  const here = String((await ada.post('/cases/new', CASE)).headers.location)
  const ben = await service.as('pc4322')
  assert.equal((await ben.post(`${here}/members`, { person: 'pc4322', capacity: 'investigator' })).statusCode, 404)
})

test('somebody is let in once, in a role that they hold; the officer in the case stays', async (t) => {
  const service = await testService(t)
  const ada = await service.as('pc4321')
  const here = String((await ada.post('/cases/new', CASE)).headers.location)
  const says = async (form: Record<string, string>, text: RegExp) =>
    assert.match((await ada.post(`${here}/members`, form)).body, text)
  await says({ person: 'nobody9', capacity: 'reviewer' }, /Nobody with this staff number/)
  await says({ person: 'pc4322', capacity: 'reviewer' }, /They do not hold this role/)
  await says({ person: 'pc4321', capacity: 'investigator' }, /in this case already/)
  await says({ person: '', capacity: '' }, /Enter a staff number[\s\S]*Choose what they do/)
  assert.equal((await ada.post(`${here}/members/pc4321/remove`)).statusCode, 409)
})

test('the list is narrowed by its address', async (t) => {
  const service = await testService(t)
  const actor = await service.actor('pc4321')
  for (let n = 0; n < 30; n++)
    await openCase(service.ops, actor, { reference: `L/${n}`, offence: n % 2 === 0 ? 'Theft 100%' : 'Arson' })
  const ada = await service.as('pc4321')
  const all = await ada.get('/cases')
  assert.match(all.body, /30 cases/)
  assert.match(all.body, /href="\/cases\?page=2"/)
  assert.match((await ada.get('/cases?page=99')).body, />L\/0</)
  const some = await ada.get('/cases?q=arson')
  assert.match(some.body, /15 cases/)
  assert.match((await ada.get('/cases?q=100%25')).body, /15 cases/)
  assert.match((await ada.get('/cases?q=_')).body, /No case fits/)
  assert.match((await ada.get('/cases?state=closed')).body, /No case fits/)
  assert.match((await ada.get('/cases?mine=yes&q=L/7')).body, /1 case</)
  assert.match((await ada.get('/cases?q=%3Cscript%3E&q=2&page=-1')).body, /30 cases|No case fits/)
})

test('B24: within 28 days of a refusal a case is closed by a supervisor with a reason, and by nobody else', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const actor = await service.actor('pc4321')
  const caseId = await openCase(ops, actor, { reference: 'R/1', offence: 'Harassment' })
  await refuse(service, caseId)
  const here = `/cases/${caseId}`
  const ada = await service.as('pc4321')
  const inspector = await service.as('insp77')
  assert.equal((await inspector.get(`${here}/close`)).statusCode, 404, 'not before they are asked')
  assert.match((await ada.get(`${here}/close`)).body, /refused agreement today/)

  const asked = await ada.post(`${here}/close`, { outcome: 'not_charged', reason: 'No line of enquiry is left.' })
  assert.match(String(asked.headers.location), /closing-asked/)
  assert.equal((await ada.post(`${here}/close`, { outcome: 'not_charged' })).statusCode, 409)
  const closedAt = async () =>
    (await ops.store.db.selectFrom('cases').selectAll().where('id', '=', caseId).executeTakeFirstOrThrow()).closed_at
  assert.equal(await closedAt(), null)

  assert.match((await inspector.get('/')).body, /Case R\/1 is to be closed after a refusal/)
  assert.match((await inspector.post(`${here}/close`, { outcome: 'not_charged' })).body, /Enter why the case ends/)
  assert.equal(await closedAt(), null)
  const closed = await inspector.post(`${here}/close`, {
    outcome: 'not_charged',
    reason: 'Every other line was followed.',
  })
  assert.equal(closed.statusCode, 303)
  assert.notEqual(await closedAt(), null)
  const kinds = await ops.store.db
    .selectFrom('statements')
    .select(['kind', 'actor'])
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute()
  assert.deepEqual(kinds.slice(-2), [
    { kind: 'case.closing_asked', actor: 'pc4321' },
    { kind: 'case.closed', actor: 'insp77' },
  ])
})

test('B24: later, or where nobody refused, the officer closes the case', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const actor = await service.actor('pc4321')
  const caseId = await openCase(ops, actor, { reference: 'R/2', offence: 'Harassment' })
  await refuse(service, caseId, 29)
  const ada = await service.as('pc4321')
  assert.match((await ada.post(`/cases/${caseId}/close`, {})).body, /Choose what the investigation came to/)
  assert.match(
    String((await ada.post(`/cases/${caseId}/close`, { outcome: 'charged' })).headers.location),
    /done=closed/,
  )
  assert.match((await ada.get(`/cases/${caseId}`)).body, /Somebody was charged/)
  assert.equal(
    (await ada.post(`/cases/${caseId}/members`, { person: 'pc4322', capacity: 'investigator' })).statusCode,
    409,
  )
})

/** Puts a refusal into a case, so many days ago. */
async function refuse({ ops }: Awaited<ReturnType<typeof testService>>, caseId: string, daysAgo = 0): Promise<void> {
  const at = new Date(ops.now().getTime() - daysAgo * 86_400_000)
  const { db } = ops.store
  const device = await db
    .insertInto('devices')
    .values({
      case_id: caseId,
      exhibit: 'AB/1',
      description: 'phone',
      user_role: 'victim',
      user_name: 'Sam Field',
      created_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const request = await db
    .insertInto('requests')
    .values({
      case_id: caseId,
      device_id: device.id,
      reference: `Q-${caseId.slice(0, 4)}`,
      status: 'refused_by_user',
      requested_by: 'pc4321',
      created_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('agreements')
    .values({
      request_id: request.id,
      outcome: 'refused',
      given_by: 'user',
      given_by_name: 'Sam Field',
      confirmed: 'written',
      happened_at: at,
      taken_by: 'pc4321',
      no_undue_pressure: true,
    })
    .execute()
}
