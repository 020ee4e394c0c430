import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { ActionError, changeRole, moveDevice, openCase, receiveDevice, returnDevice } from '../../../actions/index.ts'
import { testService } from '../../test-service.fixture.ts'

const HOUR = 3_600_000
const NOON = new Date('2026-03-03T12:00:00Z')

const ANSWERS: Readonly<Record<string, Readonly<Record<string, string | string[]>>>> = {
  phone: {
    kind: 'tablet',
    exhibit: 'AB/1',
    description: 'black tablet, cracked screen',
    serial: 'F2LXK0ABCD',
    imei: '',
  },
  user: { userName: 'Sam Field', otherUsers: 'Robin Field' },
  role: { userRole: 'witness' },
  age: { userIs: 'child', capacityAssessment: '' },
  owner: { owns: 'other', ownerName: 'Alex Field' },
  provider: { providedBy: 'parent-or-guardian', providerName: 'Kim Field' },
  condition: { condition: 'On, locked, cracked', seal: 'S100' },
  needs: { adjustments: ['interpreter', 'easy-read'], adjustmentsNote: 'Polish' },
  receipt: { when: 'now', place: 'Property store, shelf 4' },
}
const DEVICE = {
  exhibit: 'AB/1',
  description: 'black phone',
  userName: 'Sam Field',
  userRole: 'victim',
  userIs: 'adult',
  providedBy: 'user',
  condition: 'good',
  place: 'Front desk',
}

async function withCase(t: TestContext) {
  const service = await testService(t)
  service.setNow(NOON)
  const actor = await service.actor('pc4321')
  const caseId = await openCase(service.ops, actor, { reference: 'C/1', offence: 'Harassment' })
  const ada = await service.as('pc4321')
  return { service, ops: service.ops, db: service.ops.store.db, actor, caseId, ada }
}

test('B1: user, owner and provider of a device are kept apart, and everybody who uses it is a user', async (t) => {
  const { ada, db, caseId, ops } = await withCase(t)
  const start = `/cases/${caseId}/devices/new`
  for (const [step, answers] of Object.entries(ANSWERS)) {
    assert.equal((await ada.get(start)).headers.location, `${start}/${step}`, 'the first page that is not answered')
    const page = await ada.get(`${start}/${step}`)
    assert.equal(page.statusCode, 200)
    assert.equal((await ada.post(`${start}/${step}`, answers)).statusCode, 303, step)
  }
  const check = await ada.get(start)
  for (const says of [
    'Sam Field',
    'Robin Field',
    'Alex Field',
    'A parent or guardian: Kim Field',
    'Under 18',
    'Easy read',
    'Polish',
  ])
    assert.match(check.body, new RegExp(says))
  assert.match(check.body, /IMEI<\/dt>\s*<dd[^>]*>Not noted</)
  const received = await ada.post(start)
  assert.match(String(received.headers.location), /^\/devices\/[0-9a-f-]{36}\?done=received$/)
  const row = await db.selectFrom('devices').selectAll().executeTakeFirstOrThrow()
  assert.equal(row.user_name, 'Sam Field')
  assert.equal(row.owner_name, 'Alex Field')
  assert.equal(row.provider_name, 'Kim Field')
  assert.equal(row.provided_by, 'parent-or-guardian')
  assert.equal(row.other_users, 'Robin Field')
  assert.equal(row.user_is, 'child')
  assert.equal(row.adjustments, 'interpreter,easy-read')
  assert.deepEqual(await db.selectFrom('drafts').selectAll().execute(), [], 'the draft is gone')
  const { envelope } = await db
    .selectFrom('statements')
    .selectAll()
    .where('kind', '=', 'device.received')
    .executeTakeFirstOrThrow()
  const said = Buffer.from(JSON.parse(envelope).payload, 'base64').toString()
  for (const name of ['Field', 'shelf', 'cracked']) assert(!said.includes(name), 'the log names nobody and no place')
  assert.equal((await ops.store.db.selectFrom('custody_events').selectAll().execute())[0]?.seal, 'S100')
})

test('answers with mistakes are not kept, and the page says which', async (t) => {
  const { ada, caseId, db } = await withCase(t)
  const wrong = async (step: string, form: Record<string, string>, says: RegExp) => {
    const answer = await ada.post(`/cases/${caseId}/devices/new/${step}`, form)
    assert.equal(answer.statusCode, 400, step)
    assert.match(answer.body, says)
    assert.match(answer.body, /There is a problem/)
  }
  await wrong('phone', { exhibit: '07700900123', description: 'x' }, /must be letters and digits/)
  await wrong('phone', { exhibit: 'AB/1', description: 'x', imei: '123' }, /15 digits/)
  await wrong('user', {}, /Enter who ordinarily uses/)
  await wrong('role', { userRole: 'king' }, /Choose who the device user is/)
  await wrong('owner', { owns: 'other' }, /Enter who owns/)
  await wrong('provider', { providedBy: 'owner' }, /nobody else owns it/)
  await wrong('provider', { providedBy: 'other' }, /Enter who handed/)
  await wrong('needs', { adjustments: 'magic' }, /Choose from the list/)
  await wrong(
    'receipt',
    { place: 'x', when: 'earlier', 'when-day': '4', 'when-month': '3', 'when-year': '2026', 'when-time': '09:00' },
    /must be in the past/,
  )
  await wrong(
    'receipt',
    { place: '', when: 'earlier', 'when-day': '31', 'when-month': '2', 'when-year': '2026', 'when-time': '09:00' },
    /Enter a date and a time[\s\S]*Enter where it is now/,
  )
  assert.deepEqual(await db.selectFrom('drafts').selectAll().execute(), [])
  assert.equal((await ada.get(`/cases/${caseId}/devices/new/nothing`)).statusCode, 303)
})

test('B14: an adult is without capacity only where an assessment says so', async (t) => {
  const { ada, caseId, ops, actor } = await withCase(t)
  const answer = await ada.post(`/cases/${caseId}/devices/new/age`, { userIs: 'adult-without-capacity' })
  assert.match(answer.body, /Enter who assessed their capacity/)
  await assert.rejects(
    receiveDevice(ops, actor, { ...DEVICE, caseId, userIs: 'adult-without-capacity' }),
    (error: ActionError) => error.reason === 'CAPACITY',
  )
})

test('B11 and G10: whether the device user is a child is asked of every device', async (t) => {
  const { ada, caseId, ops, actor } = await withCase(t)
  assert.match(
    (await ada.post(`/cases/${caseId}/devices/new/age`, {})).body,
    /Choose whether the device user is 18 or over/,
  )
  await assert.rejects(
    receiveDevice(ops, actor, { ...DEVICE, caseId, userIs: '' }),
    (error: ActionError) => error.reason === 'USER_IS',
  )
})

test('B28: what helps the device user to understand is asked, kept and shown', async (t) => {
  const { ada, caseId, ops, actor } = await withCase(t)
  const id = await receiveDevice(ops, actor, {
    ...DEVICE,
    caseId,
    adjustments: ['intermediary', 'time-to-think'],
    adjustmentsNote: 'Not in the evening',
  })
  assert.match(
    (await ada.get(`/devices/${id}`)).body,
    /Registered intermediary\. Time to think before they answer\. Not in the evening/,
  )
})

test('B25: the clock starts when the device was handed over, not when somebody wrote it down', async (t) => {
  const { ada, caseId, service, db } = await withCase(t)
  const start = `/cases/${caseId}/devices/new`
  for (const [step, answers] of Object.entries(ANSWERS)) await ada.post(`${start}/${step}`, answers)
  // British Summer Time has not begun: 9:30 is 9:30 in UTC.
  await ada.post(`${start}/receipt`, {
    place: 'Store',
    when: 'earlier',
    'when-day': '2',
    'when-month': '3',
    'when-year': '2026',
    'when-time': '9:30am',
  })
  const device = String((await ada.post(start)).headers.location)
  assert.match((await ada.get(device)).body, /Held for 26 hours[\s\S]*ended on 3 March 2026 at 9:30am/)
  assert.match((await ada.get('/')).body, /AB\/1 has been held for 26 hours/)
  assert.deepEqual(
    (await db.selectFrom('custody_events').select('happened_at').execute())[0]?.happened_at,
    new Date('2026-03-02T09:30:00Z'),
  )
  const others = await service.as('pc4322')
  assert.doesNotMatch((await others.get('/')).body, /AB\/1/)
})

test('B25: a phone is lent and comes back, and the return says how long it took', async (t) => {
  const { ada, service, caseId, ops, actor, db } = await withCase(t)
  const id = await receiveDevice(ops, actor, { ...DEVICE, caseId })
  service.setNow(new Date(NOON.getTime() + 20 * HOUR))
  const late = await service.as('pc4321')
  assert.match((await late.get(`/devices/${id}`)).body, /Due back soon/)
  assert.match(
    (await late.get('/')).body,
    /AB\/1 is due back[\s\S]*Due by 4 March 2026 at 12:00pm\. Held since 3 March 2026/,
  )
  assert.match((await late.post(`/devices/${id}/lend`, { loan: '07700900123' })).body, /not a telephone number/)
  assert.equal((await late.post(`/devices/${id}/lend`, { loan: 'LOAN-12' })).statusCode, 303)
  assert.match((await late.get(`/devices/${id}`)).body, /The user has a phone that was lent: LOAN-12/)
  assert.doesNotMatch((await late.get('/')).body, /AB\/1/)
  assert.equal((await late.post(`/devices/${id}/lend`, { loan: 'LOAN-13' })).statusCode, 409)
  service.setNow(new Date(NOON.getTime() + 30 * HOUR))
  const later = await service.as('pc4321')
  const returned = await later.post(`/devices/${id}/return`, { to: 'user', place: 'At their home', when: 'now' })
  assert.equal(returned.statusCode, 303)
  assert.match((await later.get(`/devices/${id}`)).body, /It was held for 30 hours[\s\S]*LOAN-12, has not come back/)
  assert.match((await later.get(`/devices/${id}/loan-returned`)).body, /LOAN-12 was lent in place of AB\/1/)
  assert.equal((await later.post(`/devices/${id}/loan-returned`)).statusCode, 303)
  assert.equal((await later.get(`/devices/${id}/loan-returned`)).statusCode, 303)
  assert.equal((await later.post(`/devices/${id}/loan-returned`)).statusCode, 409)
  const { envelope } = await db
    .selectFrom('statements')
    .selectAll()
    .where('kind', '=', 'device.returned')
    .executeTakeFirstOrThrow()
  const { predicate } = JSON.parse(Buffer.from(JSON.parse(envelope).payload, 'base64').toString())
  assert.deepEqual(predicate.details, { device: id, to: 'user', hours_held: 30, within_24_hours: false })
  void ada
})

test('B26: every movement is in the custody record and on the timeline of the case, with who and when', async (t) => {
  const { ada, service, caseId, ops, actor } = await withCase(t)
  const id = await receiveDevice(ops, actor, { ...DEVICE, caseId, seal: 'S1' })
  await ada.post(`/cases/${caseId}/members`, { person: 'exh600', capacity: 'exhibits_officer' })
  service.setNow(new Date(NOON.getTime() + HOUR))
  const femi = await service.as('exh600')
  const move = { place: 'Store 2', reason: 'storage', when: 'now', sealFound: 'S7', newSeal: 'S8' }
  assert.doesNotMatch((await femi.get(`/devices/${id}/move`)).body, /S1/, 'a seal is read, not copied')
  const doubted = await femi.post(`/devices/${id}/move`, move)
  assert.match(doubted.body, /The record says S1\. Look at the seal again[\s\S]*name="sealTyped" value="=S7"/)
  assert.equal((await femi.post(`/devices/${id}/move`, { ...move, sealTyped: '=S7' })).statusCode, 303)
  const page = await femi.get(`/devices/${id}`)
  assert.match(page.body, /Moved to be stored[\s\S]*by Femi Bello[\s\S]*Store 2[\s\S]*Received/)
  assert.match(page.body, /The seal found is not the one that was put on/)
  assert.match(page.body, /Where it is now<[\s\S]*Store 2[\s\S]*Seal<[\s\S]*S8[\s\S]*IMEI</)
  const timeline = await femi.get(`/cases/${caseId}`)
  assert.match(timeline.body, /A device was moved<[\s\S]*by Femi Bello[\s\S]*AB\/1[\s\S]*A device was received</)
  assert.match(
    (await femi.post(`/devices/${id}/move`, {})).body,
    /Enter where it is now[\s\S]*Choose why[\s\S]*Choose when/,
  )
})

test('F9: no movement is before the last one, and none after the return', async (t) => {
  const { caseId, ops, actor, ada } = await withCase(t)
  const id = await receiveDevice(ops, actor, { ...DEVICE, caseId })
  const move = { deviceId: id, place: 'Store', reason: 'storage' }
  await assert.rejects(
    moveDevice(ops, actor, { ...move, happenedAt: new Date(NOON.getTime() - HOUR) }),
    (error: ActionError) => error.reason === 'WHEN',
  )
  const both = await Promise.allSettled(
    [1, 2].map(() => returnDevice(ops, actor, { deviceId: id, to: 'user', place: 'Desk' })),
  )
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  await assert.rejects(moveDevice(ops, actor, move), (error: ActionError) => error.reason === 'RETURNED')
  assert.doesNotMatch((await ada.get(`/devices/${id}`)).body, /Move it|Lend a phone|Return it/)
})

test('C6: the role of the device user changes with its history and a reason', async (t) => {
  const { ada, caseId, ops, actor, db } = await withCase(t)
  const id = await receiveDevice(ops, actor, { ...DEVICE, caseId })
  assert.match(
    (await ada.post(`/devices/${id}/role`, { role: 'victim', reason: 'x' })).body,
    /is who they are in the case already/,
  )
  assert.match((await ada.post(`/devices/${id}/role`, { role: 'suspect', reason: '' })).body, /Enter why it changes/)
  assert.equal((await ada.post(`/devices/${id}/role`, { role: 'suspect', reason: 'New statement' })).statusCode, 303)
  assert.equal((await db.selectFrom('devices').select('user_role').executeTakeFirstOrThrow()).user_role, 'suspect')
  assert.match((await ada.get(`/cases/${caseId}`)).body, /AB\/1: victim before, suspect since/)
  await assert.rejects(changeRole(ops, actor, { deviceId: id, role: 'suspect', reason: 'x' }))
})

test('one case has an exhibit mark once, another may have it too', async (t) => {
  const { caseId, ops, actor } = await withCase(t)
  await receiveDevice(ops, actor, { ...DEVICE, caseId })
  await assert.rejects(
    receiveDevice(ops, actor, { ...DEVICE, caseId }),
    (error: ActionError) => error.reason === 'EXHIBIT_TAKEN',
  )
  const other = await openCase(ops, actor, { reference: 'C/2', offence: 'Theft' })
  await receiveDevice(ops, actor, { ...DEVICE, caseId: other })
})

test('a device that was just received leads to a request, by whoever may write one', async (t) => {
  const { ada, caseId, ops, actor, service } = await withCase(t)
  const id = await receiveDevice(ops, actor, { ...DEVICE, caseId })
  const { body } = await ada.get(`/devices/${id}`)
  assert.match(body, /Held for less than an hour/)
  assert.match(body, new RegExp(`class="govuk-button" href="/cases/${caseId}/requests/new"[^>]*>Write a request<`))
  assert.match(body, /class="govuk-button govuk-button--secondary"[^>]*>Return it</)
  assert.match(body, /Received from the person who uses it<\/h3>\s*<p[^>]*>by Ada Holt/)
  await ada.post(`/cases/${caseId}/members`, { person: 'exh600', capacity: 'exhibits_officer' })
  const femi = (await (await service.as('exh600')).get(`/devices/${id}`)).body
  assert.doesNotMatch(femi, /Write a request/)
  assert.match(femi, /class="govuk-button"[^>]*>Return it</)
})
