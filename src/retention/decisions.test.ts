import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { aHolding } from './a-holding.fixture.ts'
import { applySchedule } from './apply.ts'
import type { Hold, Holding } from './holding.ts'
import { STARTING_SCHEDULE } from './schedule.ts'

const charged = { kind: 'charged', on: '2026-04-10' } as const
const convicted = { kind: 'convicted', on: '2026-08-31' } as const
const hold: Hold = { id: 'HO-1', kind: 'coroner', placed: '2026-05-01', reviewOn: '2027-05-01' }
const disposed = (on: string) => ({ reviewed: { on, outcome: 'dispose' as const } })

const CASES: readonly (readonly [name: string, holding: Partial<Holding>, on: string])[] = [
  ['a new extract is kept until its first review', {}, '2026-03-21'],
  ['an extract that nobody has looked at is to be reviewed after three months', {}, '2026-06-20'],
  [
    'what is not relevant goes as soon as a review has said so',
    { relevance: 'not_relevant', ...disposed('2026-06-01') },
    '2026-06-01',
  ],
  ['what is not relevant stays while no review has said so', { relevance: 'not_relevant' }, '2026-06-01'],
  [
    'what is not relevant stays where a review decided to keep it',
    { relevance: 'not_relevant', reviewed: { on: '2026-06-01', outcome: 'retain' } },
    '2026-06-02',
  ],
  ['what nobody has decided about never goes', { ...disposed('2026-06-01') }, '2026-06-02'],
  ['a hold keeps what would go', { relevance: 'not_relevant', ...disposed('2026-06-01'), holds: [hold] }, '2026-06-02'],
  [
    'a hold that was lifted keeps nothing',
    { relevance: 'not_relevant', ...disposed('2026-06-01'), holds: [{ ...hold, lifted: '2026-06-02' }] },
    '2026-06-02',
  ],
  ['a hold is itself reviewed', { relevance: 'not_relevant', ...disposed('2027-04-01'), holds: [hold] }, '2027-05-01'],
  [
    'what is evidence is restricted and not erased',
    { relevance: 'not_relevant', evidence: true, ...disposed('2026-06-01') },
    '2026-06-02',
  ],
  ['excess is to be decided on within 28 days', { objectClass: 'quarantined_excess' }, '2026-04-17'],
  [
    'excess goes when that is decided',
    { objectClass: 'quarantined_excess', relevance: 'not_relevant', ...disposed('2026-03-25') },
    '2026-03-25',
  ],
  [
    'relevant material waits for the decision to prosecute',
    { objectClass: 'reviewed_relevant', relevance: 'relevant', ...disposed('2026-06-01') },
    '2026-06-02',
  ],
  [
    'relevant material waits for the court',
    { objectClass: 'reviewed_relevant', relevance: 'relevant', caseOutcome: charged, ...disposed('2026-06-01') },
    '2026-06-02',
  ],
  [
    'after a conviction it is kept six months, to the last of a shorter month',
    {
      objectClass: 'reviewed_relevant',
      relevance: 'relevant',
      caseOutcome: charged,
      courtResult: convicted,
      ...disposed('2026-09-10'),
    },
    '2027-02-28',
  ],
  [
    'a review before the floor does not dispose of relevant material',
    {
      objectClass: 'reviewed_relevant',
      relevance: 'relevant',
      caseOutcome: charged,
      courtResult: convicted,
      ...disposed('2027-02-28'),
    },
    '2027-03-01',
  ],
  [
    'a review after the floor does',
    {
      objectClass: 'reviewed_relevant',
      relevance: 'relevant',
      caseOutcome: charged,
      courtResult: convicted,
      ...disposed('2027-03-01'),
    },
    '2027-03-01',
  ],
  [
    'while somebody is in custody it is kept',
    {
      objectClass: 'reviewed_relevant',
      relevance: 'relevant',
      caseOutcome: charged,
      courtResult: { ...convicted, detained: {} },
      ...disposed('2027-03-01'),
    },
    '2027-03-02',
  ],
  [
    'until release, where that is later',
    {
      objectClass: 'reviewed_relevant',
      relevance: 'relevant',
      caseOutcome: charged,
      courtResult: { ...convicted, detained: { released: '2028-01-15' } },
    },
    '2027-03-02',
  ],
  [
    'while there is an appeal it is kept',
    {
      objectClass: 'reviewed_relevant',
      relevance: 'relevant',
      caseOutcome: charged,
      courtResult: { ...convicted, appeal: {} },
      ...disposed('2027-03-01'),
    },
    '2027-03-02',
  ],
  [
    'after an acquittal nothing binds it',
    {
      objectClass: 'reviewed_relevant',
      relevance: 'relevant',
      caseOutcome: charged,
      courtResult: { kind: 'acquitted', on: '2026-08-31' },
      ...disposed('2026-09-01'),
    },
    '2026-09-01',
  ],
  [
    'after a decision not to charge nothing binds it, and not on its very day',
    {
      objectClass: 'reviewed_relevant',
      relevance: 'relevant',
      caseOutcome: { kind: 'not_charged', on: '2026-05-01' },
      ...disposed('2026-05-02'),
    },
    '2026-05-02',
  ],
  [
    'an undetected case is kept six years',
    { objectClass: 'reviewed_relevant', relevance: 'relevant', caseOutcome: { kind: 'undetected', on: '2026-05-01' } },
    '2026-06-02',
  ],
  [
    'a suspect’s relevant material follows the suspect’s group',
    {
      objectClass: 'reviewed_relevant',
      personRole: 'suspect',
      group: '1',
      subjectBorn: '1990-02-28',
      relevance: 'relevant',
      caseOutcome: charged,
      courtResult: convicted,
      reviewed: { on: '2026-09-10', outcome: 'retain' },
    },
    '2026-09-11',
  ],
  [
    'a suspect’s raw extract does not',
    {
      personRole: 'suspect',
      group: '1',
      relevance: 'relevant',
      caseOutcome: charged,
      courtResult: convicted,
      reviewed: { on: '2026-09-10', outcome: 'retain' },
    },
    '2026-09-11',
  ],
  [
    'a victim’s relevant material does not, in the same case',
    {
      objectClass: 'reviewed_relevant',
      group: '1',
      relevance: 'relevant',
      caseOutcome: charged,
      courtResult: convicted,
      reviewed: { on: '2026-09-10', outcome: 'retain' },
    },
    '2026-09-11',
  ],
  [
    'new contact begins the clear period anew',
    {
      objectClass: 'reviewed_relevant',
      personRole: 'suspect',
      group: '2',
      relevance: 'relevant',
      caseOutcome: charged,
      courtResult: convicted,
      lastRelevantContact: '2029-01-01',
      reviewed: { on: '2029-01-02', outcome: 'retain' },
    },
    '2029-01-03',
  ],
  [
    'a child’s is reviewed earlier',
    { objectClass: 'reviewed_relevant', child: true, relevance: 'relevant' },
    '2026-09-20',
  ],
  [
    'an audit record is kept for seven years, relevant or not',
    { objectClass: 'audit_record', relevance: 'not_relevant', ...disposed('2026-06-01') },
    '2026-06-02',
  ],
  [
    'what nobody owns is looked at before anything else',
    { owner: ' ', relevance: 'not_relevant', ...disposed('2026-06-01') },
    '2026-06-02',
  ],
]

const GOLDEN = new URL('decisions.golden.json', import.meta.url)
const made = CASES.map(([name, changes, on]) => {
  const {
    schedule: _,
    reasons,
    ...rest
  } = applySchedule(aHolding(changes), STARTING_SCHEDULE, new Date(`${on}T12:00:00Z`))
  return { name, on, ...rest, reasons: reasons.map(({ code, source, mark }) => `${code}: ${source} [${mark}]`) }
})
// PEEL_GOLDEN=write makes the file anew; the difference is then read, line by line, before it is committed.
if (process.env['PEEL_GOLDEN'] === 'write') writeFileSync(GOLDEN, `${JSON.stringify(made, null, 2)}\n`)
const golden = JSON.parse(readFileSync(GOLDEN, 'utf8')) as typeof made

for (const [at, one] of made.entries())
  test(one.name, () => {
    assert.deepEqual(one, golden[at])
  })

test('no decision is kept that no case makes', () => assert.equal(golden.length, made.length))
