import assert from 'node:assert/strict'
import { it } from 'node:test'
import { afterActs, anApprovedApp, aRequest, FACTS, FIRST_STEPS, TRIAL, VERSION } from '../catalogue/an-app.fixture.ts'
import { anImport, anInstall, aRole, someRules } from './a-fleet.fixture.ts'
import { compareFleet } from './drift/findings.ts'
import { NO_HOLDINGS, takeIn } from './drift/fleet-state.ts'
import { permittedByCatalogue } from './permitted-by-catalogue.ts'
import { androidPolicy } from './policy/android-policy.ts'

const role = aRole({ role: 'constable', apps: [{ entry: 'scene-notes', install: 'available' }] })
const exported = (...given: Parameters<typeof permittedByCatalogue>) => {
  const made = androidPolicy(role, permittedByCatalogue(...given), `${given[2]}T12:00:00Z`)
  return 'policy' in made
    ? made.policy.applications.map(({ packageName }) => packageName)
    : made.refused.map(({ code }) => code)
}

it('E10: what the catalogue lets on goes into a policy on the day on which it is asked, and not on the next', () => {
  assert.deepEqual(exported(anApprovedApp(), FACTS, '2026-08-01'), [VERSION.id])
  const yesterday = permittedByCatalogue(anApprovedApp(), FACTS, '2026-08-01')
  const made = androidPolicy(role, yesterday, '2026-08-01T23:00:00Z')
  assert.deepEqual('refused' in made && made.refused.map(({ code }) => code), ['assessment_ended'])
})

it('E10: what it does not let on, or no longer, goes into none', () => {
  assert.deepEqual(exported(aRequest(), FACTS, '2026-08-01'), ['not_in_catalogue'])
  assert.deepEqual(exported(anApprovedApp(), {}, '2026-08-01'), ['assessment_ended'])
  assert.deepEqual(exported(anApprovedApp(), FACTS, '2027-03-01'), ['assessment_ended'])
  const gone = { ...anApprovedApp(), state: 'withdrawn', since: '2026-07-30' } as const
  assert.deepEqual(exported(gone, FACTS, '2026-08-01'), ['withdrawn'])
})

it('what is on trial goes to the role of the trial alone', () => {
  const trial = afterActs(aRequest(), [...FIRST_STEPS, TRIAL])
  assert.deepEqual(exported(trial, FACTS, '2026-06-20'), ['not_for_role'])
  assert.deepEqual(exported(trial, FACTS, '2026-06-20', { trialRole: 'constable' }), [VERSION.id])
  assert.deepEqual(exported(trial, FACTS, '2026-08-01', { trialRole: 'constable' }), ['assessment_ended'])
})

it('what has only come to its day of review is found where it is, and weighs little', () => {
  const at = '2027-03-01T12:00:00.000Z'
  const install = anInstall({ id: VERSION.id, signers: [`sha256:${VERSION.signers[0]}`] })
  const rules = someRules({
    permitted: permittedByCatalogue(anApprovedApp(), FACTS, '2027-03-01'),
    policies: [role],
    roles: [{ device: 'phone-1', role: 'constable' }],
  })
  const { findings } = compareFleet(takeIn(NO_HOLDINGS, [anImport(at, [install])]), rules, at)
  assert.deepEqual(
    findings.map(({ kind, severity }) => [kind, severity]),
    [['unapproved', 'low']],
  )
})
