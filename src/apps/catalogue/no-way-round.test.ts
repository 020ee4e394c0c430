import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ALEX, aDraft, anApprovedDpia, JO, KIM, ROBIN, SAM } from '../dpia/a-dpia.fixture.ts'
import { type Dpia, dpiaDigest } from '../dpia/dpia.ts'
import { isSamePerson, type Person } from '../person.ts'
import { type AppAct, actOn, requestApp } from './act.ts'
import {
  APPROVE,
  anEntry,
  BOARD,
  DEV,
  DISPOSAL,
  FIRST_STEPS,
  INSTRUCTION,
  LEE,
  NICO,
  TRIAL,
  VERSION,
} from './an-app.fixture.ts'
import type { CatalogueEntry } from './entry.ts'
import type { Facts } from './guards.ts'
import { mayInstall } from './install.ts'

const DPIAS: readonly Dpia[] = [
  anApprovedDpia(),
  anApprovedDpia({ review_on: '2026-08-01' }),
  aDraft(),
  anApprovedDpia({ sign_off: {} }),
  { ...anApprovedDpia(), title: 'Changed since' },
  anApprovedDpia({ answers: {} }),
  anApprovedDpia({ apps: ['other'] }),
]
const shown = anEntry().restrictability
assert(shown)
const RESTRICTED = [
  shown,
  shown,
  { ...shown, result: 'not_restricted' } as const,
  { ...shown, result: 'supplier_cannot' } as const,
  { ...shown, outsider_kept_out: false },
  undefined,
]

const day = fc
  .integer({ min: 0, max: 330 })
  .map((days) => new Date(Date.UTC(2026, 5, 5 + days)).toISOString().slice(0, 10))
const person = fc.constantFrom<Person>(JO, DEV, DEV, SAM, ALEX, KIM, ROBIN, LEE, NICO)
// Mostly the good one, so that some get through.
const dpia = fc.oneof(
  { weight: 5, arbitrary: fc.constant(DPIAS[0] as Dpia) },
  { weight: 1, arbitrary: fc.constantFrom(...DPIAS) },
)
const entry: fc.Arbitrary<CatalogueEntry> = fc
  .record({
    dpia,
    restrictability: fc.oneof(
      { weight: 5, arbitrary: fc.constant(shown) },
      { weight: 1, arbitrary: fc.constantFrom(...RESTRICTED) },
    ),
    owner: fc.constantFrom(JO, JO, JO, DEV),
    review_on: fc.constantFrom('2027-03-01', '2027-03-01', '2026-08-01'),
  })
  .map(({ dpia: one, restrictability, ...rest }) => {
    const { restrictability: _, ...whole } = anEntry({
      ...rest,
      dpia: { reference: one.reference, digest: dpiaDigest(one) },
    })
    return restrictability === undefined ? whole : { ...whole, restrictability }
  })
const act: fc.Arbitrary<AppAct> = fc.oneof(
  fc.record({ act: fc.constant('amend' as const), on: day, by: person, entry }),
  fc.record({ act: fc.constant('screen' as const), on: day, by: person, outcome: fc.constant('go_on' as const) }),
  fc.record({ act: fc.constant('begin_dpia' as const), on: day, by: person }),
  fc.record({ on: day, asked_by: person, by: person, until: day }).map((one): AppAct => ({ ...TRIAL, ...one })),
  fc
    .record({
      on: day,
      asked_by: person,
      by: person,
      present: fc.subarray([SAM, DEV, ALEX, ROBIN, KIM], { minLength: 2 }),
    })
    .map(({ present, ...one }): AppAct => ({ ...APPROVE, ...one, board: { ...BOARD, present } })),
  fc.constantFrom<AppAct>(TRIAL, APPROVE, ...FIRST_STEPS),
  fc.record({
    act: fc.constantFrom('suspend' as const, 'withdraw' as const),
    on: day,
    by: person,
    why: fc.constant('So decided.'),
  }),
  fc.record({
    act: fc.constant('remove' as const),
    on: day,
    asked_by: person,
    by: person,
    disposal: fc.constant(DISPOSAL),
  }),
  fc
    .record({ on: day, dangers: fc.constantFrom(['CAMERA'], ['CAMERA'], ['READ_SMS']) })
    .map(({ on, dangers }): AppAct => ({ act: 'version_seen', on, version: { ...VERSION, version: '42', dangers } })),
  fc.record({ act: fc.constant('day_comes' as const), on: day }),
)

/** What must be so of an app on phones, said once more, and in another way than the guards do. */
function assertGood(
  app: { readonly entry: CatalogueEntry },
  facts: Facts,
  on: string,
  pair: readonly [Person, Person],
): void {
  const { entry } = app
  const { dpia } = facts
  assert(dpia && entry.dpia?.digest === dpiaDigest(dpia) && dpia.apps.includes(entry.id))
  assert(dpia.advice && dpia.advice.on <= on && isSamePerson(dpia.advice.by, ROBIN))
  const { measures, residual_risk } = dpia.sign_off ?? {}
  assert(measures && residual_risk && measures.by.id !== residual_risk.by.id)
  assert(measures.on <= on && residual_risk.on <= on && dpia.review_on !== undefined && on < dpia.review_on)
  assert(entry.review_on !== undefined && on < entry.review_on)
  assert(entry.restrictability?.result === 'restricted' && entry.restrictability.outsider_kept_out)
  assert.notEqual(pair[0].id, pair[1].id)
  for (const one of pair) assert.notEqual(one.id, ROBIN.id)
  assert(entry.owner && entry.owner.id !== pair[1].id)
}

test('E9, E10 and C25: no sequence of acts lets an app onto a phone without an assessment in date, advice, shown restriction and two people', () => {
  const reached = { approved: 0, granted: 0, refused: 0 }
  fc.assert(
    fc.property(
      entry,
      fc.boolean(),
      fc.array(fc.tuple(act, dpia, fc.boolean()), { maxLength: 14 }),
      day,
      (first, onItsWay, acts, later) => {
        let app = requestApp(first, LEE, '2026-06-05')
        const path: typeof acts = onItsWay
          ? [...FIRST_STEPS, TRIAL, APPROVE].map((one) => [one, DPIAS[0] as Dpia, true] as (typeof acts)[number])
          : []
        for (const [one, dpia, named] of [...path, ...acts]) {
          // The assessment that the entry names, or any other.
          const right = DPIAS.find((each) => dpiaDigest(each) === app.entry.dpia?.digest)
          const facts: Facts = { dpia: named && right ? right : dpia, instruction: INSTRUCTION }
          const acted = actOn(app, one, facts)
          if (acted.refused) {
            assert(acted.refused.length > 0)
            reached.refused++
            continue
          }
          const before = app.state
          app = acted.app
          if (app.state === 'approved') {
            assert(app.approval)
            if (before !== 'approved') reached.approved++
            assertGood(app, facts, one.on, [app.approval.asked_by, app.approval.decided_by])
          }
          const on = later < app.since ? app.since : later
          const { grant } = mayInstall(app, facts, on)
          if (grant) {
            reached.granted++
            const decided = 'roles' in grant.to ? app.approval : app.trial
            assert(decided && (app.state === 'approved' || app.state === 'trial'))
            if (!('roles' in grant.to)) assert(on <= grant.to.until)
            assertGood(app, facts, on, [decided.asked_by, decided.decided_by])
          }
        }
      },
    ),
    { numRuns: 400 },
  )
  assert(reached.approved > 20 && reached.granted > 20 && reached.refused > 100, JSON.stringify(reached))
})
