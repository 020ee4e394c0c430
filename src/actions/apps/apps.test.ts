import assert from 'node:assert/strict'
import { test } from 'node:test'
import { after, dayOf } from '../../retention/index.ts'
import { testService, type TestService } from '../../server/test-service.fixture.ts'
import { approveDpia } from '../dpia/approve-dpia.ts'
import { reviseDpia, writeDpia } from '../dpia/write-dpia.ts'
import {
  aPackage,
  anApprovedApp,
  anAssessedApp,
  appPeople,
  ASKED,
  askApproval,
  askTrial,
  aWrittenDpia,
  refusedFor,
} from './an-app.fixture.ts'
import { RefusedWithReasons } from './app-refused.ts'
import { askDecision } from './ask-decision.ts'
import { askForApp } from './ask-app.ts'
import { changeEntry } from './change-entry.ts'
import { changeFurther } from './change-further.ts'
import { dayComesToApps } from './day-comes.ts'
import { agreeToAsking, refuseAsking, takeBackAsking } from './decide-asking.ts'
import { exportPolicy } from './export-policy.ts'
import { importTrackers } from './import-trackers.ts'
import { inspectApp } from './inspect-app.ts'
import { permittedApps } from './permitted-apps.ts'
import { readApp, readApps } from './read-apps.ts'
import { changeRolePolicy } from './role-policy.ts'
import { screenApp } from './screen-app.ts'
import { suspendApp, withdrawApp } from './suspend-app.ts'

const DAY = new Date('2026-11-20T10:00:00Z')

async function open(t: Parameters<typeof testService>[0]) {
  const service = await testService(t)
  service.setNow(DAY)
  return { service, ops: service.ops, people: await appPeople(service) }
}

async function logged({ ops }: TestService, kind: string): Promise<Record<string, unknown>[]> {
  const rows = await ops.store.db
    .selectFrom('statements')
    .select('envelope')
    .where('kind', '=', kind)
    .orderBy('id')
    .execute()
  return rows.map(({ envelope }) => JSON.parse(Buffer.from(JSON.parse(envelope).payload, 'base64').toString()))
}

const POLICY = {
  role: 'constable',
  accessibility: [],
  microphone: 'user_choice',
  groups: [],
} as const

test('E9: anybody of staff asks for an app, and it goes onto no phone by that', async (t) => {
  const { service, ops, people } = await open(t)
  await assert.rejects(askForApp(ops, people.officer, ASKED), { code: 'NOT_ALLOWED' })
  await assert.rejects(askForApp(ops, people.asker, { ...ASKED, roles: [] }), { code: 'NOT_VALID', reason: 'roles' })
  const id = await askForApp(ops, people.asker, ASKED)
  await assert.rejects(readApps(ops, people.asker), { code: 'NOT_ALLOWED' })
  const [line] = await readApps(ops, people.officer)
  assert.deepEqual([line?.id, line?.state, line?.roles], [id, 'requested', ['constable']])
  assert.deepEqual(await permittedApps(ops), [])
  const [event] = await logged(service, 'app.requested')
  assert.doesNotMatch(JSON.stringify(event), /Scene Notes|witness/)
  // What a request must say is asked for before it is screened.
  assert.deepEqual(await refusedFor(screenApp(ops, people.writer, { appId: id, outcome: 'go_on', why: '' })), [
    'asked_too_little',
  ])
  await screenApp(ops, people.writer, { appId: id, outcome: 'refuse', why: 'Another app does it.' })
  assert.equal((await readApp(ops, people.writer, id)).row.state, 'refused')
})

test('E10: an app whose supplier cannot keep it to roles is refused, whatever is said', async (t) => {
  const { ops, people } = await open(t)
  const appId = await askForApp(ops, people.asker, ASKED)
  const [by] = (await readApp(ops, people.writer, appId)).row.record.steps
  assert(by)
  const cannot = {
    by: { id: 'app410', name: 'Tess Ruane', role: 'app owner' },
    on: '2026-11-20',
    means: 'licence',
    result: 'supplier_cannot',
    roles_let_in: [],
    outsider_kept_out: false,
    evidence: 'Their letter',
  } as const
  const app = await changeEntry(ops, people.writer, {
    appId,
    seen: 1,
    part: 'restriction',
    change: (entry) => ({ ...entry, restrictability: cannot }),
  })
  assert.equal(app.state, 'refused')
})

test('E12, H17: what two must do is asked by one and decided by another, who is neither the owner nor the officer', async (t) => {
  const { service, ops, people } = await open(t)
  const appId = await anAssessedApp(service)
  const asking = await askTrial(service, appId)
  await assert.rejects(askTrial(service, appId), { reason: 'ASKED_ALREADY' })
  // Who asks holds no role that decides; and if they did, it would be the same person.
  await assert.rejects(agreeToAsking(ops, people.writer, asking), { code: 'NOT_ALLOWED' })
  await assert.rejects(agreeToAsking(ops, { ...people.writer, roles: ['information_asset_owner'] }, asking), {
    code: 'NOT_ALLOWED',
    reason: 'SAME_PERSON',
  })
  await assert.rejects(agreeToAsking(ops, people.officer, asking), { code: 'NOT_ALLOWED' })
  await assert.rejects(agreeToAsking(ops, await service.actor('iao310', { stepUp: false }), asking), {
    reason: 'STEP_UP',
  })
  await assert.rejects(refuseAsking(ops, people.decider, { askingId: asking, reasons: ' ' }), { reason: 'reasons' })
  await refuseAsking(ops, people.decider, { askingId: asking, reasons: 'The question is not clear.' })
  await takeBackAsking(ops, people.writer, await askTrial(service, appId))
  const again = await askTrial(service, appId)
  assert.equal((await agreeToAsking(ops, people.decider, again)).state, 'trial')
  await assert.rejects(agreeToAsking(ops, people.decider, again), { reason: 'DECIDED' })
  // On trial it is for the phones of the trial alone.
  assert.deepEqual(
    (await permittedApps(ops)).map(({ roles }) => roles),
    [['trial']],
  )
  const approval = await askApproval(service, appId)
  // Of the board, but not of those who were there.
  const away = { ...people.decider, id: 'insp77' }
  assert.deepEqual(await refusedFor(agreeToAsking(ops, away, approval)), ['no_quorum'])
  assert.equal((await agreeToAsking(ops, people.decider, approval)).state, 'approved')
  for (const kind of ['app.asked', 'app.asking_refused', 'app.trial_begun', 'app.approved'])
    assert((await logged(service, kind)).length > 0, kind)
})

test('E12: fewer than three of the board approve nothing, and what stands against an app is said before anybody is asked', async (t) => {
  const { service, ops, people } = await open(t)
  const appId = await anAssessedApp(service)
  const [present] = [[{ id: 'iao310', name: 'Moss Tate', role: 'information asset owner' }]]
  assert(present?.[0])
  const board = { minutes: 'AB/2026/3', present, risk_accepted_by: present[0] }
  const asks = { act: 'approve', board, trial_report: 'It was tried.' } as const
  assert.deepEqual(await refusedFor(askDecision(ops, people.writer, { appId, asks })), ['wrong_state'])
  await agreeToAsking(ops, people.decider, await askTrial(service, appId))
  assert.deepEqual(await refusedFor(askDecision(ops, people.writer, { appId, asks })), ['no_quorum'])
})

test('C25, E10: no policy is written out without an approved assessment in date', async (t) => {
  const { service, ops, people } = await open(t)
  const appId = await anAssessedApp(service)
  const policy = { ...POLICY, apps: [{ entry: appId, install: 'available' as const }] }
  await changeRolePolicy(ops, people.writer, { seen: 0, policy })
  await assert.rejects(changeRolePolicy(ops, people.writer, { seen: 0, policy }), { reason: 'CHANGED_MEANWHILE' })
  const write = () => exportPolicy(ops, people.writer, { role: 'constable', form: 'android' })
  assert.deepEqual(await refusedFor(write()), ['not_in_catalogue'])
  await agreeToAsking(ops, people.decider, await askTrial(service, appId))
  assert.deepEqual(await refusedFor(write()), ['not_for_role'])
  await agreeToAsking(ops, people.decider, await askApproval(service, appId))
  const { content, changes } = await write()
  assert.equal(JSON.parse(content).applications[0].packageName, 'org.example.app')
  assert(changes.length > 0)
  assert.deepEqual((await write()).changes, [])
  assert.equal((await logged(service, 'app.policy_exported')).length, 2)
  await assert.rejects(
    exportPolicy(ops, await service.actor('app410', { stepUp: false }), { role: 'constable', form: 'csv' }),
    {
      reason: 'STEP_UP',
    },
  )
  // The day of review of the assessment: nobody has run anything, and nothing is written out.
  service.setNow(new Date(`${after(dayOf(DAY), { months: 11 })}T00:00:00Z`))
  assert.deepEqual(await refusedFor(write()), ['assessment_ended'])
  assert.equal(await dayComesToApps(ops), 1)
  const { row } = await readApp(ops, people.writer, appId)
  assert.deepEqual([row.state, row.record.suspension?.reach], ['suspended', 'new_installs'])
  assert.equal(await dayComesToApps(ops), 0)
})

test('E11: a version with a new dangerous permission suspends the app by itself', async (t) => {
  const { service, ops, people } = await open(t)
  const appId = await anApprovedApp(service)
  const same = await inspectApp(ops, people.owner, { appId, bytes: aPackage('CAMERA', 'INTERNET') })
  assert.equal(same.app.state, 'approved')
  const { found, app } = await inspectApp(ops, people.owner, { appId, bytes: aPackage('CAMERA', 'RECORD_AUDIO') })
  assert.deepEqual([found.package, found.call_recorder.grade], ['org.example.app', 'C'])
  assert.equal(app.state, 'suspended')
  assert.deepEqual(app.suspension?.codes, ['version_new_permission', 'version_more_recording'])
  const [event] = await logged(service, 'app.suspended')
  assert.match(JSON.stringify(event), /version_new_permission/)
  assert.deepEqual(
    (await permittedApps(ops)).map(({ withdrawn }) => withdrawn !== undefined),
    [true],
  )
})

test('E10: a package that was made to mislead is refused with its code, and nothing changes', async (t) => {
  const { service, ops, people } = await open(t)
  const appId = await anApprovedApp(service)
  const bytes = Buffer.concat([aPackage('CAMERA').subarray(0, 200), Buffer.alloc(64)])
  await assert.rejects(inspectApp(ops, people.writer, { appId, bytes }), { code: 'NOT_VALID', reason: 'package' })
  const { row, packages } = await readApp(ops, people.writer, appId)
  assert.equal(row.state, 'approved')
  assert.equal(packages.filter(({ refused }) => /^[A-Z_]+$/.test(refused ?? '')).length, 1)
  assert.equal((await logged(service, 'app.package_refused')).length, 1)
})

test('E10: packages are held against the list of trackers that the force brings in', async (t) => {
  const { service, ops, people } = await open(t)
  const appId = await anAssessedApp(service)
  await assert.rejects(importTrackers(ops, people.writer, Buffer.from('{}')), { code: 'NOT_VALID', reason: 'list' })
  const list = { trackers: { 1: { name: 'Example Ads', code_signature: 'com.example.ads', categories: ['Ads'] } } }
  const { trackers } = await importTrackers(ops, people.writer, Buffer.from(JSON.stringify(list)))
  assert.equal(trackers, 1)
  const { found } = await inspectApp(ops, people.writer, { appId, bytes: aPackage('CAMERA') })
  assert.equal(found.trackers_checked?.trackers, 1)
})

test('E9: whoever changes the entry of an app on phones suspends it, and of two who change it the second is told', async (t) => {
  const { service, ops, people } = await open(t)
  const appId = await anApprovedApp(service)
  const { row } = await readApp(ops, people.writer, appId)
  const change = () =>
    changeEntry(ops, people.writer, {
      appId,
      seen: row.version,
      part: 'exit',
      change: (entry) => ({ ...entry, exit_plan: 'The supplier deletes.' }),
    })
  assert.equal((await change()).state, 'suspended')
  await assert.rejects(change(), { reason: 'CHANGED_MEANWHILE' })
  const versions = await ops.store.db.selectFrom('app_versions').select('digest').where('app_id', '=', appId).execute()
  assert.equal(new Set(versions.map(({ digest }) => digest)).size, versions.length)
})

test('E10, E12: an app is suspended at once, withdrawn for good, and gone only where it is shown', async (t) => {
  const { service, ops, people } = await open(t)
  const appId = await anApprovedApp(service)
  await assert.rejects(suspendApp(ops, people.asker, { appId, why: 'x' }), { code: 'NOT_ALLOWED' })
  await assert.rejects(suspendApp(ops, people.owner, { appId, why: '' }), { reason: 'why' })
  assert.equal((await suspendApp(ops, people.owner, { appId, why: 'A flaw was published.' })).suspension?.reach, 'all')
  assert.equal((await withdrawApp(ops, people.decider, { appId, why: 'It is not mended.' })).state, 'withdrawn')
  const disposal = {
    phones_held: 2,
    phones_without: 1,
    places: [{ place: 'the supplier’s server', found: 'gone' }],
    data: 'destroyed',
    proofs: ['cd'.repeat(32)],
    exit_plan_followed: true,
  } as const
  const ask = (phones_without: number) =>
    askDecision(ops, people.writer, { appId, asks: { act: 'remove', disposal: { ...disposal, phones_without } } })
  assert.deepEqual(await refusedFor(ask(1)), ['still_on_phones'])
  assert.equal((await agreeToAsking(ops, people.decider, await ask(2))).state, 'removed')
})

test('C25: another revision takes nothing from the one that was approved until it is signed itself', async (t) => {
  const { service, ops, people } = await open(t)
  const appId = await anApprovedApp(service)
  const { id } = await ops.store.db.selectFrom('dpias').select('id').executeTakeFirstOrThrow()
  await reviseDpia(ops, people.writer, id)
  assert.equal(await dayComesToApps(ops), 0)
  assert.equal((await readApp(ops, people.writer, appId)).row.state, 'approved')
  await assert.rejects(approveDpia(ops, people.decider, { dpiaId: id, part: 'measures' }), RefusedWithReasons)
  const other = await aWrittenDpia(service, appId, 'DPIA/2026/9')
  await assert.rejects(
    writeDpia(ops, people.writer, { dpiaId: other, seen: 1, part: 'step_1', change: (dpia) => dpia }),
    { reason: 'CHANGED_MEANWHILE' },
  )
})

test('E10, E12: of two who decide on an app at once one has decided', async (t) => {
  const { service, ops, people } = await open(t)
  const appId = await anAssessedApp(service)
  for (const against of [
    (askingId: string) => refuseAsking(ops, people.second, { askingId, reasons: 'It is too soon.' }),
    (askingId: string) => takeBackAsking(ops, people.owner, askingId),
    (askingId: string) => agreeToAsking(ops, people.second, askingId),
  ]) {
    const askingId = await askTrial(service, appId)
    const ended = await Promise.allSettled([agreeToAsking(ops, people.decider, askingId), against(askingId)])
    assert.equal(ended.filter(({ status }) => status === 'fulfilled').length, 1)
    const { row, decided } = await readApp(ops, people.writer, appId)
    const outcome = decided.find(({ id }) => id === askingId)?.outcome
    assert.equal(outcome === 'agreed', row.state === 'trial')
    if (row.state === 'trial') await suspendApp(ops, people.owner, { appId, why: 'Once more.' })
  }
})

test('E10: what two say of an app on two platforms at once stands there of both', async (t) => {
  const { service, ops, people } = await open(t)
  const appId = await askForApp(ops, people.asker, ASKED)
  await Promise.all([
    changeFurther(ops, people.writer, { appId, platform: 'android', facts: { cohort: 4 } }),
    changeFurther(ops, people.owner, { appId, platform: 'ios', facts: { cohort: 5 } }),
  ])
  const { row } = await readApp(ops, await service.actor('aud503'), appId)
  assert.deepEqual(row.further, { android: { cohort: 4 }, ios: { cohort: 5 } })
})

test('E10: of two who change what the phones of a role may hold at once the second is told', async (t) => {
  const { service, ops, people } = await open(t)
  const change = (who: typeof people.writer, microphone: 'disabled' | 'enforced') =>
    changeRolePolicy(ops, who, { seen: 0, policy: { ...POLICY, apps: [], microphone } })
  const ended = await Promise.allSettled([change(people.writer, 'disabled'), change(people.owner, 'enforced')])
  const codes = ended.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.reason))
  assert.deepEqual(codes.sort(), [1, 'CHANGED_MEANWHILE'])
  assert.equal((await logged(service, 'app.policy_changed')).length, 1)
})
