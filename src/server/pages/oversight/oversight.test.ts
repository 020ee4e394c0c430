import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { noteRefusal } from '../../../actions/index.ts'
import { somethingHeld } from '../../../actions/retention/held.fixture.ts'
import { suppress } from '../../../actions/oversight/suppress.ts'
import { openEvent } from '../../../events/index.ts'
import { parsePolicy, verifyProof } from '../../../tlog/index.ts'
import { type TestService, testService } from '../../test-service.fixture.ts'

async function refusals({ ops, actor }: TestService, who: string, times: number): Promise<void> {
  const somebody = await actor(who)
  for (let at = 0; at < times; at++) await noteRefusal(ops, somebody, 'case.open', { code: 'NOT_YOUR_ROLE', says: '' })
}

const queries = async ({ ops }: TestService) =>
  ops.store.db.selectFrom('statements').selectAll().where('kind', '=', 'log.queried').orderBy('id').execute()

test('H18: oversight sees the checkpoint, its size and age, who cosigned it, what waits, and whether entries hold together', async (t) => {
  const service = await testService(t)
  const { extraction } = await somethingHeld(service.ops)
  assert(extraction)
  await refusals(service, 'pc4321', 2)
  let checkpoint = ''
  while (checkpoint.split('\n')[1] !== '3') checkpoint = (await service.app.inject('/log/checkpoint')).body
  const page = await (await service.as('log502')).get('/oversight')
  assert.equal(page.statusCode, 200)
  assert(page.body.includes(checkpoint.split('\n')[2] ?? '?'))
  assert.match(page.body, /<dt[^>]*>Entries<\/dt><dd[^>]*>3<\/dd>/)
  assert.match(page.body, /less than a minute ago/)
  assert.match(page.body, /Nobody but the force vouches for this log/)
  assert.match(page.body, /<svg /)
  assert.match(page.body, /Not looked at yet/)
})

test('H22: no figure tells of fewer than five, and none is told by what stands beside it', async (t) => {
  const service = await testService(t)
  await somethingHeld(service.ops)
  const auditor = await service.as('aud503')
  const few = await auditor.get('/oversight/figures.csv')
  assert.match(String(few.headers['content-type']), /^text\/csv/)
  assert.match(few.body, /^authorisation\.granted,.*,not shown,12\r$/m)
  assert.match(few.body, /^extraction\.sealed,.*,not shown,12\r$/m)
  assert.match(few.body, /^extraction\.failed,.*,0,12\r$/m)
  for (let at = 0; at < 4; at++) await somethingHeld(service.ops)
  const enough = await auditor.get('/oversight/figures.csv?months=3')
  assert.match(enough.body, /^authorisation\.granted,.*,5,3\r$/m)
  assert.match(enough.body, /^held\.overdue,.*,5,3\r$/m)
  assert.match(enough.body, /^records\.taken,.*,5,3\r$/m)
  assert.doesNotMatch(enough.body, /43\/|AB\/1|Ada|pc4321/)
})

test('C5: over everybody, what was taken is measured against what was looked at and needed, with what was destroyed since', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const { db } = ops.store
  const made: string[] = []
  for (let at = 0; at < 5; at++) made.push((await somethingHeld(ops)).extraction)
  const [first = '', second = ''] = made
  const tagged = { extraction_id: first, person_id: 'rev200', tagged_at: ops.now() }
  await db
    .insertInto('tags')
    .values([
      { ...tagged, record_id: 'a', tag: 'relevant' },
      { ...tagged, record_id: 'b', tag: 'excess' },
    ])
    .execute()
  await db.insertInto('seen_records').values({ extraction_id: first, record_id: 'a' }).execute()
  const gone = { seen: 3, relevant: 1, not_relevant: 2, excess: 0 }
  await db
    .insertInto('measures_gone')
    .values({ extraction_id: second, ...gone })
    .execute()
  const { body } = await (await service.as('aud503')).get('/oversight/figures.csv')
  for (const [id, value] of Object.entries({ seen: 4, used: 2, not_relevant: 2, excess: 1, ratio: 3 }))
    assert.match(body, new RegExp(`^records\\.${id},.*,${value},12\\r$`, 'm'), id)
})

test('small counts are hidden, and never one alone', () => {
  assert.deepEqual(suppress([0, 5, 12]), [0, 5, 12])
  assert.deepEqual(suppress([3, 9, 7, 0]), [undefined, 9, undefined, 0])
  assert.deepEqual(suppress([1, 4, 100]), [undefined, undefined, 100])
  assert.deepEqual(suppress([2]), [undefined])
  assert.deepEqual(suppress([2, 0]), [undefined, 0])
})

test('H19: the log is asked for one of four purposes, and not without', async (t) => {
  const service = await testService(t)
  const auditor = await service.as('aud503')
  const form = await auditor.get('/oversight/log')
  for (const purpose of ['lawfulness', 'self-monitoring', 'integrity-and-security', 'criminal-proceedings'])
    assert.match(form.body, new RegExp(`name="purpose" type="radio" value="${purpose}"`))
  for (const purpose of ['', 'curiosity']) {
    const answer = await auditor.post('/oversight/log', { purpose, person: 'pc4321' })
    assert.equal(answer.statusCode, 422)
    assert.match(answer.body, /Choose what you ask the log for/)
    assert.match(answer.body, /value="pc4321"/)
  }
  assert.equal((await queries(service)).length, 0)
})

test('C23 and C-LOG: a question to the log stands in the log before it is answered, with who, the purpose and how much was found', async (t) => {
  const service = await testService(t)
  const { ops } = service
  await refusals(service, 'pc4321', 3)
  await refusals(service, 'pc4322', 2)
  const auditor = await service.as('aud503')
  const answer = await auditor.post('/oversight/log', { purpose: 'lawfulness', person: 'pc4321' })
  assert.match(answer.body, /Entries 1 to 3 of 3/)
  assert.match(answer.body, /Ada Holt/)
  assert.match(answer.body, /Somebody was refused/)
  assert.doesNotMatch(answer.body, /pc4322/)
  const [asked] = await queries(service)
  const event = openEvent(asked?.envelope ?? '', [])
  assert.equal(event.actor, 'aud503')
  assert.deepEqual([event.details['purpose'], event.details['entries']], ['lawfulness', 3])
  assert(!JSON.stringify(event).includes('pc4321'), 'the question itself is a digest')
  // Where the log takes nothing, nothing is shown.
  const { record } = ops.journal
  Object.assign(ops.journal, {
    record: async () => {
      throw Object.assign(new Error('no'), { code: 'NOT_LOGGED' })
    },
  })
  const refused = await auditor.post('/oversight/log', { purpose: 'lawfulness', person: 'pc4322' })
  Object.assign(ops.journal, { record })
  assert.equal(refused.statusCode, 500)
  assert.doesNotMatch(refused.body, /Somebody was refused|pc4322/)
})

test('entries are told to the second, and what Peel or a device user did is said in words', async (t) => {
  const service = await testService(t)
  for (const actor of ['service', 'device-user'])
    await service.ops.journal.record({ kind: 'access.refused', actor, details: { act: 'case.open', code: 'X' } })
  const { body } = await (await service.as('aud503')).post('/oversight/log', { purpose: 'lawfulness' })
  assert.match(body, /data-label="Who"[^>]*>Peel</)
  assert.match(body, /data-label="Who"[^>]*>The device user</)
  assert.match(body, /\d{4} at \d{1,2}:\d{2}:\d{2}[ap]m</)
  assert.match(body, /Your question is in the log too\./)
})

test('C24: the log is asked by case, person, kind and time, page by page, and as CSV', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const { caseId } = await somethingHeld(ops)
  await refusals(service, 'pc4321', 60)
  const { reference } = await ops.store.db
    .selectFrom('cases')
    .select('reference')
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow()
  const auditor = await service.as('aud503')
  const ask = (more: Record<string, string>) => auditor.post('/oversight/log', { purpose: 'lawfulness', ...more })
  const byCase = await ask({ case: reference })
  assert.match(byCase.body, /Entries 1 to 1 of 1,/)
  assert(byCase.body.includes(reference))
  const [asked] = await queries(service)
  assert.equal(asked?.case_id, caseId, 'who asks about a case stands in its timeline')
  const pages = [await ask({ kind: 'access.refused' }), await ask({ kind: 'access.refused', page: '2' })]
  assert.match(pages[0]?.body ?? '', /Entries 1 to 50 of 60/)
  assert.match(pages[0]?.body ?? '', /Older entries/)
  assert.match(pages[1]?.body ?? '', /Entries 51 to 60 of 60/)
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(ops.now()).split('-')
  const [year = '', month = '', day = ''] = today
  const on = (name: string, of: string) => ({ [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: of })
  assert.match((await ask({ ...on('from', year), ...on('to', year) })).body, /Entries 1 to 50 of 6\d/)
  assert.match((await ask(on('to', '2020'))).body, /Nothing in the log fits/)
  assert.match((await ask({ ...on('from', year), ...on('to', '2020') })).body, /must not be before the first/)
  assert.match((await ask({ 'from-day': '31', 'from-month': '2', 'from-year': '2026' })).body, /real date/)
  assert.match((await ask({ kind: 'nothing.such' })).body, /Choose a kind/)
  const file = await auditor.post('/oversight/log.csv', { purpose: 'lawfulness', kind: 'access.refused' })
  assert.equal(file.body.trimEnd().split('\r\n').length, 61)
  assert.match(
    file.body,
    /^\d+,2\d{3}-[^,]*,pc4321,Ada Holt,access\.refused,Somebody was refused\.,,http:\/\/127\.0\.0\.1:3000\/log-proof\/\d+\r$/m,
  )
})

test('H12, H18: an administrator and a log custodian cannot ask the log, and whoever may proves again who they are', async (t) => {
  const service = await testService(t)
  for (const who of ['adm500', 'log502', 'pc4321', 'iao310'])
    assert.equal((await (await service.as(who)).get('/oversight/log')).statusCode, 403, who)
  const officer = await service.as('dpo400', { stepUp: false })
  assert.match(String((await officer.get('/oversight/log')).headers.location), /^\/confirm-it-is-you/)
  assert.equal((await (await service.as('dpo400')).get('/oversight/log')).statusCode, 200)
  assert.equal((await (await service.as('adm500')).get('/oversight')).statusCode, 403)
})

test('C24: anybody has the proof of an entry, which holds by itself and names nobody', async (t) => {
  const service = await testService(t)
  await refusals(service, 'pc4321', 5)
  await service.app.inject('/log/checkpoint')
  const policy = parsePolicy((await service.app.inject('/log/policy.tlog-policy')).body)
  const { leaf } = await service.ops.journal.record({
    kind: 'access.refused',
    actor: 'pc4321',
    details: { act: 'case.open', code: 'X' },
  })
  let answer = await service.app.inject(`/log-proof/${leaf - 1}`)
  // The next checkpoint has it.
  for (let tries = 0; answer.statusCode !== 200 && tries < 500; tries++) {
    await pause(20)
    answer = await service.app.inject(`/log-proof/${leaf - 1}`)
  }
  const proved = verifyProof(answer.rawPayload, policy)
  assert(proved.proved)
  assert.equal(proved.index, leaf - 1)
  assert.doesNotMatch(answer.body, /pc4321/)
  for (const index of ['99999', '-1', '1.5', '01', 'x', '9'.repeat(30)])
    assert.equal((await service.app.inject(`/log-proof/${index}`)).statusCode, 404, index)
})
