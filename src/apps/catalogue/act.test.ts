import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ALEX, anApprovedDpia, JO, KIM, ROBIN, SAM } from '../dpia/a-dpia.fixture.ts'
import { dpiaDigest } from '../dpia/dpia.ts'
import { type AppAct, actOn, requestApp } from './act.ts'
import {
  aRequest,
  APPROVE,
  afterActs,
  anApprovedApp,
  anEntry,
  BOARD,
  DEV,
  DISPOSAL,
  FACTS,
  FIRST_STEPS,
  LEE,
  NICO,
  TRIAL,
  VERSION,
} from './an-app.fixture.ts'
import { type CatalogueEntry, missingFromEntry } from './entry.ts'
import { mayInstall } from './install.ts'
import type { AppRecord } from './state.ts'

const refused = (app: AppRecord, act: AppAct, facts = FACTS) => {
  const acted = actOn(app, act, facts)
  for (const { says, source } of acted.refused ?? []) assert(says.endsWith('.') && source !== '')
  return (acted.refused ?? []).map(({ code }) => code)
}
/** What stands against a trial of an entry that differs in one way. */
const against = (change: Partial<CatalogueEntry>, facts = FACTS) =>
  refused(afterActs(aRequest(change), FIRST_STEPS, facts), TRIAL, facts)

test('an app is requested, screened, assessed, tried by named people, and approved for roles', () => {
  const trial = afterActs(aRequest(), [...FIRST_STEPS, TRIAL])
  assert.deepEqual(mayInstall(trial, FACTS, '2026-07-31').grant?.to, { people: [LEE], until: '2026-07-31' })
  const app = afterActs(trial, [APPROVE])
  assert.deepEqual(
    app.steps.map(({ to }) => to),
    ['requested', 'screened', 'dpia', 'trial', 'approved'],
  )
  const { grant } = mayInstall(app, FACTS, '2026-08-01')
  assert.deepEqual(grant?.to, { roles: ['constable'] })
  assert.deepEqual(grant?.packages, [{ platform: 'android', id: VERSION.id, signers: VERSION.signers }])
})

test('no step is left out, and none goes back in time', () => {
  assert.deepEqual(refused(aRequest(), APPROVE), ['wrong_state'])
  assert.deepEqual(refused(aRequest(), TRIAL), ['wrong_state'])
  assert.deepEqual(refused(aRequest(), { act: 'screen', on: '2026-06-04', by: KIM, outcome: 'go_on' }), ['day_passed'])
  assert.deepEqual(
    refused(afterActs(aRequest(), FIRST_STEPS), {
      act: 'remove',
      on: '2026-06-06',
      asked_by: JO,
      by: DEV,
      disposal: DISPOSAL,
    }),
    ['wrong_state'],
  )
})

test('E9: an app without one thing of the list is let onto no phone, and what it lacks is said in plain words', () => {
  const without: Partial<CatalogueEntry>[] = [
    { data_classes: [] },
    { data_flows: [] },
    { roles: [] },
    { exit_plan: 'tbc' },
    ...(['defaults', 'restrictability', 'security_review', 'instruction', 'review_on'] as const).map((field) => ({
      [field]: undefined,
    })),
  ]
  for (const change of without) {
    const entry = JSON.parse(JSON.stringify(anEntry(change))) as CatalogueEntry
    const ready = afterActs(requestApp(entry, LEE, '2026-06-05'), FIRST_STEPS)
    assert(refused(ready, TRIAL).includes('entry_incomplete'), String(Object.keys(change)[0]))
    for (const { says } of missingFromEntry(entry)) assert.match(says, /^[A-Z].*\.$/)
  }
  assert.deepEqual(refused(aRequest({ purpose: '' }), FIRST_STEPS[0] as AppAct), ['asked_too_little'])
})

test('E10: an app that cannot be kept to roles is refused; that it can be is tried, with somebody kept out', () => {
  const test = anEntry().restrictability
  assert(test)
  const cannot = { restrictability: { ...test, result: 'supplier_cannot' } } as const
  const app = afterActs(aRequest(cannot), [{ act: 'screen', on: '2026-06-05', by: KIM, outcome: 'go_on' }])
  assert.deepEqual([app.state, app.steps.at(-1)?.codes], ['refused', ['cannot_restrict']])
  assert.deepEqual(against({ restrictability: { ...test, result: 'not_restricted' } }), ['cannot_restrict'])
  assert.deepEqual(against({ restrictability: { ...test, outsider_kept_out: false } }), ['restriction_not_shown'])
  assert.deepEqual(against({ roles: ['constable', 'negotiator'] }), ['restriction_not_shown'])
})

test('E8: nothing that records by itself or unseen, and no recorder without a lawful route', () => {
  const recorder = { versions: [{ ...VERSION, recorder: 'B' }] } as const
  assert.deepEqual(against({ defaults: { records_by_itself: true, shows_that_it_records: true } }), [
    'records_by_itself',
  ])
  assert.deepEqual(against(recorder), ['recording_without_route'])
  assert.deepEqual(against({ ...recorder, recording: 'prohibited' }), ['recording_prohibited'])
  assert.deepEqual(
    against({
      ...recorder,
      recording: 'overt_announced',
      defaults: { records_by_itself: false, shows_that_it_records: false },
    }),
    ['recording_hidden'],
  )
  assert.deepEqual(against({ ...recorder, recording: 'overt_announced' }), [])
})

test('C25: without an assessment that is approved, in date and of this app nothing is tried', () => {
  assert.deepEqual(against({}, { ...FACTS, dpia: anApprovedDpia({ title: 'Another' }) }), ['dpia_other'])
  const named = (dpia: ReturnType<typeof anApprovedDpia>) =>
    against({ dpia: { reference: dpia.reference, digest: dpiaDigest(dpia) } }, { ...FACTS, dpia })
  assert.deepEqual(named(anApprovedDpia()), [])
  assert.deepEqual(named(anApprovedDpia({ sign_off: {} })), [
    'dpia_measures_not_approved',
    'dpia_residual_not_approved',
  ])
  assert.deepEqual(named(anApprovedDpia({ review_on: '2026-06-10' })), ['dpia_review_due'])
  assert.deepEqual(named(anApprovedDpia({ apps: ['other'] })), ['dpia_other'])
  assert.deepEqual(against({ owner: ALEX }), ['dpia_approved_by_owner'])
})

test('a supplier is bound, security is reviewed in this version by another than the owner, and the instruction is whole', () => {
  const { supplier, security_review } = anEntry()
  assert(security_review)
  assert.deepEqual(against({ supplier: { name: supplier.name, processes_data: true } }), ['no_contract'])
  assert.deepEqual(against({ security_review: { ...security_review, outcome: 'failed' } }), ['security_not_passed'])
  assert.deepEqual(against({ security_review: { ...security_review, versions: [] } }), ['security_of_other_version'])
  assert.deepEqual(against({ owner: NICO }), ['security_by_owner'])
  assert.deepEqual(against({ instruction: 'ef'.repeat(32) }), ['instruction_other'])
})

test('two people decide who differ, neither the owner, nor who asked for it, nor the data protection officer', () => {
  const trial = afterActs(aRequest(), [...FIRST_STEPS, TRIAL])
  assert.deepEqual(refused(trial, { ...APPROVE, by: JO }), ['one_person', 'owner_decides', 'no_quorum'])
  assert.deepEqual(refused(trial, { ...APPROVE, by: LEE, board: { ...BOARD, present: [...BOARD.present, LEE] } }), [
    'owner_decides',
  ])
  assert.deepEqual(refused(trial, { ...APPROVE, asked_by: ROBIN }), ['officer_decides'])
})

test('E12: the board decides with a quorum and minutes, and somebody takes the risk', () => {
  const trial = afterActs(aRequest(), [...FIRST_STEPS, TRIAL])
  const board = (change: Partial<typeof BOARD>) => refused(trial, { ...APPROVE, board: { ...BOARD, ...change } })
  assert.deepEqual(board({ present: [SAM, DEV, ROBIN] }), ['no_quorum'])
  assert.deepEqual(board({ present: [SAM, DEV, { ...DEV, id: 'INS-5' }] }), ['no_quorum'])
  assert.deepEqual(board({ minutes: '' }), ['no_quorum'])
  assert.deepEqual(board({ risk_accepted_by: KIM }), ['risk_not_accepted'])
})

test('a trial is for named people and ends by its day, whether or not anybody notices', () => {
  const ready = afterActs(aRequest(), FIRST_STEPS)
  assert.deepEqual(refused(ready, { ...TRIAL, people: [] }), ['trial_without_people'])
  assert.deepEqual(refused(ready, { ...TRIAL, until: '2026-12-31' }), ['trial_too_long'])
  const trial = afterActs(ready, [TRIAL])
  assert.equal(mayInstall(trial, FACTS, '2026-07-31').refused, undefined)
  assert.deepEqual(
    mayInstall(trial, FACTS, '2026-08-01').refused?.map(({ code }) => code),
    ['trial_over'],
  )
  const over = afterActs(trial, [{ act: 'day_comes', on: '2026-08-01' }])
  assert.deepEqual([over.state, over.suspension?.reach], ['suspended', 'all'])
  assert.equal(afterActs(over, [{ ...APPROVE, on: '2026-08-02' }]).state, 'approved')
})

test('a new version with a new danger, another signer or a new tracker is suspended by itself until it is assessed', () => {
  const app = anApprovedApp()
  const see = (version: Partial<typeof VERSION>) =>
    afterActs(app, [{ act: 'version_seen', on: '2026-08-01', version: { ...VERSION, version: '42', ...version } }])
  assert.equal(see({ dangers: [] }).state, 'approved')
  for (const [version, code] of [
    [{ dangers: ['CAMERA', 'RECORD_AUDIO'] }, 'version_new_permission'],
    [{ signers: ['ee'.repeat(32)] }, 'version_other_signer'],
    [{ signers: [...VERSION.signers, 'ee'.repeat(32)] }, 'version_other_signer'],
    [{ signers: [] }, 'version_other_signer'],
    [{ trackers: ['Ads'] }, 'version_new_tracker'],
    [{ recorder: 'C' }, 'version_more_recording'],
  ] as const) {
    const suspended = see(version)
    assert.deepEqual([suspended.state, suspended.suspension?.codes], ['suspended', [code]])
    assert.deepEqual(
      mayInstall(suspended, FACTS, '2026-08-01').refused?.map((one) => one.code),
      ['not_let_on'],
    )
    assert(refused(suspended, { ...APPROVE, on: '2026-08-02' }).includes(code))
  }
  const grown = { ...VERSION, version: '42', dangers: ['CAMERA', 'RECORD_AUDIO'] }
  const { security_review } = anEntry()
  assert(security_review)
  const assessed = anEntry({
    versions: [grown],
    security_review: { ...security_review, on: '2026-08-02', versions: [{ platform: 'android', version: '42' }] },
  })
  const amended = afterActs(see(grown), [{ act: 'amend', on: '2026-08-02', by: KIM, entry: assessed }])
  assert.equal(amended.state, 'suspended')
  assert.equal(afterActs(amended, [{ ...APPROVE, on: '2026-08-03' }]).state, 'approved')
})

test('when its day of review has passed an app goes on no more phones, and stays on those that have it', () => {
  const app = anApprovedApp()
  assert.equal(mayInstall(app, FACTS, '2027-02-28').refused, undefined)
  assert.deepEqual(
    mayInstall(app, FACTS, '2027-03-01').refused?.map(({ code }) => code),
    ['review_due'],
  )
  const passed = afterActs(app, [{ act: 'day_comes', on: '2027-03-01' }])
  assert.deepEqual([passed.state, passed.suspension?.reach], ['suspended', 'new_installs'])
  const later = afterActs(app, [{ act: 'day_comes', on: '2029-01-01' }])
  assert.deepEqual([later.state, later.suspension?.reach], ['suspended', 'all'])
})

test('an entry that changes after it was decided on is decided on again', () => {
  const app = afterActs(anApprovedApp(), [
    { act: 'amend', on: '2026-08-01', by: JO, entry: anEntry({ purpose: 'Notes anywhere, of anybody.' }) },
  ])
  assert.deepEqual([app.state, app.suspension?.codes], ['suspended', ['entry_changed']])
  const other = anEntry({ id: 'other' })
  assert.deepEqual(refused(app, { act: 'amend', on: '2026-08-01', by: JO, entry: other }), ['other_entry'])
})

test('an app is removed when it is gone from every phone and what became of its data is shown, by two people', () => {
  const gone = afterActs(anApprovedApp(), [{ act: 'withdraw', on: '2026-09-01', by: DEV, why: 'It is not used.' }])
  const remove = { act: 'remove', on: '2026-10-01', asked_by: JO, by: DEV, disposal: DISPOSAL } as const
  const withProof = (change: Partial<typeof DISPOSAL>) =>
    refused(gone, { ...remove, disposal: { ...DISPOSAL, ...change } })
  assert.deepEqual(withProof({ phones_without: 11 }), ['still_on_phones'])
  assert.deepEqual(withProof({ places: [{ place: 'a cloud', found: 'not_reached' }] }), ['still_on_phones'])
  assert.deepEqual(withProof({ proofs: [] }), ['disposal_not_shown'])
  assert.deepEqual(withProof({ exit_plan_followed: false }), ['disposal_not_shown'])
  assert.deepEqual(refused(gone, { ...remove, by: JO }), ['one_person', 'owner_decides'])
  assert.equal(afterActs(gone, [remove]).state, 'removed')
})
