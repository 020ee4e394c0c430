import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aHolding } from './a-holding.fixture.ts'
import { applyOn } from './apply.ts'
import type { Holding } from './holding.ts'
import { type OwnRule, readSchedule, STARTING_SCHEDULE } from './schedule.ts'

const convicted: Partial<Holding> = {
  objectClass: 'reviewed_relevant',
  personRole: 'suspect',
  group: '4',
  relevance: 'relevant',
  caseOutcome: { kind: 'charged', on: '2026-04-10' },
  courtResult: { kind: 'convicted', on: '2026-08-31' },
  reviewed: { on: '2026-09-10', outcome: 'retain' },
}
const of = (changes: Partial<Holding>, own?: Omit<OwnRule, 'code' | 'says' | 'source' | 'mark'>, on = '2026-10-01') => {
  const rules = own ? [{ code: 'ours', says: 'Ours.', source: 'force policy 12', mark: 'F' as const, ...own }] : []
  return applyOn(aHolding(changes), readSchedule({ ...STARTING_SCHEDULE, own_rules: rules }), on)
}

test('a kind within a group has a clear period and a pace of its own, from the day of the result', () => {
  assert.equal(of(convicted).earliestDestruction, '2032-09-01')
  const serious = of({ ...convicted, subType: 'serious_undetected_crime' })
  assert.equal(serious.earliestDestruction, '2126-09-01')
  assert.equal(serious.reviewOn, '2036-09-10')
  assert.throws(() => of({ ...convicted, subType: 'parking' }), { code: 'NOT_IN_SCHEDULE' })
})

test('a rule of the force’s own brings a review forward, and never puts one off', () => {
  assert.equal(of({}, { applies_to: {}, review_every: { days: 10 } }).reviewOn, '2026-03-30')
  assert.equal(of({}, { applies_to: {}, review_every: { years: 10 } }).reviewOn, '2026-06-20')
})

test('a rule of the force’s own puts destruction off, even of what is not relevant', () => {
  const gone: Partial<Holding> = { relevance: 'not_relevant', reviewed: { on: '2026-06-01', outcome: 'dispose' } }
  const rule = { applies_to: {}, keep_at_least: { months: 9 } }
  assert.equal(of(gone, undefined, '2026-06-02').verdict, 'destroy_due')
  assert.equal(of(gone, rule, '2026-06-02').verdict, 'keep')
  assert.ok(of(gone, rule, '2026-06-02').reasons.some(({ code }) => code === 'ours'))
  assert.equal(of(gone, rule, '2026-12-20').earliestDestruction, '2026-12-21')
})

test('a rule of the force’s own is about the classes, roles and groups that it names', () => {
  const soon = { review_every: { days: 1 } }
  const hit = (applies_to: OwnRule['applies_to']) => of({}, { applies_to, ...soon }).reviewOn === '2026-03-21'
  assert.ok(hit({ classes: ['raw_extract'], roles: ['victim'], groups: ['3'] }))
  assert.ok(!hit({ classes: ['exhibit'] }))
  assert.ok(!hit({ roles: ['suspect'] }))
  assert.ok(!hit({ groups: ['1'] }))
})

test('a hold that is not yet placed or already lifted neither keeps nor asks for a review', () => {
  const hold = { id: 'HO-1', kind: 'inquiry', placed: '2026-04-01', reviewOn: '2026-04-15' } as const
  assert.equal(of({ holds: [hold] }, undefined, '2026-04-01').reviewOn, '2026-04-15')
  assert.equal(of({ holds: [{ ...hold, lifted: '2026-04-10' }] }, undefined, '2026-04-10').reviewOn, '2026-06-20')
  const early = of({ holds: [hold] }, undefined, '2026-03-31')
  assert.equal(early.reviewOn, '2026-06-20')
  assert.ok(!early.reasons.some(({ code }) => code.startsWith('hold')))
})

test('an audit record has its own time and does not wait for a case', () => {
  const record: Partial<Holding> = { objectClass: 'audit_record', relevance: 'relevant', created: '2026-03-20' }
  assert.equal(of(record).earliestDestruction, '2033-03-21')
  assert.equal(
    of({ ...record, reviewed: { on: '2033-03-21', outcome: 'dispose' } }, undefined, '2033-03-21').verdict,
    'destroy_due',
  )
})
