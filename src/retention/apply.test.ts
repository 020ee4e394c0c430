import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aHolding } from './a-holding.fixture.ts'
import { applyOn, applySchedule } from './apply.ts'
import { after } from './day.ts'
import { HOLD_KINDS, type Holding, holdingFaults, isInForce, OBJECT_CLASSES, PERSON_ROLES } from './holding.ts'
import { STARTING_SCHEDULE } from './schedule.ts'

const day = fc.integer({ min: 0, max: 5000 }).map((days) => after('2020-01-01', { days }))
const holding: fc.Arbitrary<Holding> = fc
  .record(
    {
      id: fc.constant('H-1'),
      objectClass: fc.constantFrom(...OBJECT_CLASSES),
      group: fc.constantFrom('1', '2', '3', '4'),
      personRole: fc.constantFrom(...PERSON_ROLES),
      child: fc.boolean(),
      created: day,
      lastRelevantContact: day,
      subjectBorn: fc.constant('1985-05-05'),
      caseOutcome: fc.record({
        kind: fc.constantFrom('charged', 'not_charged', 'out_of_court', 'undetected'),
        on: day,
      }),
      courtResult: fc.record(
        {
          kind: fc.constantFrom('convicted', 'acquitted', 'discontinued'),
          on: day,
          detained: fc.record({ released: day }, { requiredKeys: [] }),
          appeal: fc.record({ decided: day }, { requiredKeys: [] }),
        },
        { requiredKeys: ['kind', 'on'] },
      ),
      reviewed: fc.record({ on: day, outcome: fc.constantFrom('retain', 'dispose') }),
      relevance: fc.constantFrom('relevant', 'not_relevant', 'undecided'),
      evidence: fc.boolean(),
      holds: fc.array(
        fc.record(
          { id: fc.constant('HO-1'), kind: fc.constantFrom(...HOLD_KINDS), placed: day, reviewOn: day, lifted: day },
          { requiredKeys: ['id', 'kind', 'placed', 'reviewOn'] },
        ),
        { maxLength: 2 },
      ),
      owner: fc.constantFrom('records_reviewer', 'records_reviewer', ''),
    },
    {
      requiredKeys: [
        'id',
        'objectClass',
        'group',
        'personRole',
        'child',
        'created',
        'relevance',
        'evidence',
        'holds',
        'owner',
      ],
    },
  )
  .map((one) => one as Holding)

test('every verdict has reasons with their sources, and a day of review', () => {
  fc.assert(
    fc.property(holding, day, (one, on) => {
      const { reasons, reviewOn } = applyOn(one, STARTING_SCHEDULE, on)
      assert.ok(reasons.length > 0)
      for (const { code, says, source } of reasons) assert.ok(code !== '' && says.endsWith('.') && source !== '')
      assert.match(reviewOn, /^\d{4}-\d{2}-\d{2}$/)
    }),
  )
})

test('nothing is due for destruction under a hold, before its floor, undecided, unreviewed, as evidence or without an owner', () => {
  let due = 0
  fc.assert(
    fc.property(holding, day, (one, on) => {
      const { verdict, earliestDestruction } = applyOn(one, STARTING_SCHEDULE, on)
      if (verdict !== 'destroy_due') return
      due++
      assert.ok(!one.holds.some((hold) => isInForce(hold, on)))
      assert.ok(earliestDestruction !== undefined && earliestDestruction <= on)
      assert.notEqual(one.relevance, 'undecided')
      assert.ok(one.reviewed?.outcome === 'dispose' && one.reviewed.on <= on)
      assert.ok(!one.evidence)
      assert.notEqual(one.owner, '')
    }),
    { numRuns: 3000, seed: 39 },
  )
  assert.ok(due > 20, 'the property was about nothing')
})

test('a hold only ever keeps: with one more, nothing is destroyed that was not', () => {
  fc.assert(
    fc.property(holding, day, (one, on) => {
      const hold = { id: 'HO-9', kind: 'court_order', placed: '2019-01-01', reviewOn: '2050-01-01' } as const
      assert.notEqual(applyOn({ ...one, holds: [...one.holds, hold] }, STARTING_SCHEDULE, on).verdict, 'destroy_due')
    }),
  )
})

test('nobody but a suspect inherits the years of a group', () => {
  fc.assert(
    fc.property(holding, day, fc.constantFrom('1', '2', '3', '4'), (one, on, group) => {
      if (one.personRole === 'suspect' && one.objectClass === 'reviewed_relevant') return
      const strip = (of: Holding) => applyOn(of, STARTING_SCHEDULE, on)
      assert.deepEqual(strip({ ...one, group }), strip(one))
      assert.ok(!strip(one).reasons.some(({ code }) => code.startsWith('group_')))
    }),
  )
})

test('D8 and G10: a child’s is never reviewed later than an adult’s', () => {
  fc.assert(
    fc.property(holding, day, (one, on) => {
      const of = (child: boolean) => applyOn({ ...one, child }, STARTING_SCHEDULE, on).reviewOn
      assert.ok(of(true) <= of(false))
    }),
  )
})

test('the day is that of UTC: an hour before midnight is still the day before', () => {
  const one = aHolding({
    relevance: 'not_relevant',
    objectClass: 'audit_record',
    created: '2020-01-01',
    reviewed: { on: '2026-12-01', outcome: 'dispose' },
  })
  assert.notEqual(applySchedule(one, STARTING_SCHEDULE, new Date('2027-01-01T23:59:59Z')).verdict, 'destroy_due')
  assert.equal(applySchedule(one, STARTING_SCHEDULE, new Date('2027-01-02T00:00:00Z')).verdict, 'destroy_due')
})

test('a holding without an owner, or with a day that there is not, is said to be unsound', () => {
  assert.deepEqual(holdingFaults(aHolding()), [])
  assert.deepEqual(holdingFaults(aHolding({ owner: '' })), ['it has no owner'])
  assert.deepEqual(holdingFaults(aHolding({ created: '2026-02-30' })), ['created is no day'])
})
