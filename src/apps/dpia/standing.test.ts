import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ALEX, aDraft, anApprovedDpia, JO, KIM, ROBIN, SAM } from './a-dpia.fixture.ts'
import { assessedDigest, brokenLinks, type Dpia, dpiaDigest, nextRevision } from './dpia.ts'
import { isBlank, missingFrom } from './missing.ts'
import { QUESTION_IDS } from './questions.ts'
import { LEVELS, LIKELIHOODS, overall, residualFaults, SEVERITIES } from './risk.ts'
import { awaitsCommissionerUntil, dpiaStanding, reviewsDue } from './standing.ts'

const ON = '2026-11-22'
const codes = (dpia: Dpia, on = ON) => dpiaStanding(dpia, on).reasons.map(({ code }) => code)

test('C25: an assessment holds every part of the law and every field of the template, or says in plain words what it lacks', () => {
  assert.deepEqual(missingFrom(aDraft()), [])
  const empty = missingFrom(aDraft({ answers: {}, risks: [], controller: { name: '', contact: ' ' } }))
  for (const id of QUESTION_IDS)
    assert(
      empty.some(({ field }) => field === `answers.${id}`),
      id,
    )
  for (const { says } of empty) assert.match(says, /^[A-Z].*[.?]$/)
  assert.deepEqual([...new Set(empty.flatMap(({ head }) => head ?? []))].sort(), ['a', 'b', 'd'])
  for (const text of ['n/a', 'N/A.', 'none', 'TBC', '—', 'see above', undefined]) assert(isBlank(text), String(text))
  for (const text of ['1,200', 'None is shared: it stays on the phone', 'Durham']) assert(!isBlank(text), text)
})

test('a risk is as great as likelihood and severity make it, and measures never make it greater', () => {
  assert.deepEqual(
    SEVERITIES.map((severity) => LIKELIHOODS.map((likelihood) => overall(likelihood, severity))),
    [
      ['low', 'low', 'low'],
      ['low', 'medium', 'high'],
      ['low', 'high', 'high'],
    ],
  )
  const [risk] = aDraft().risks
  assert(risk)
  for (const residual of LEVELS) {
    assert.deepEqual(residualFaults({ ...risk, residual }), [])
    assert.equal(residualFaults({ ...risk, effect: 'accepted', residual }).length, residual === 'high' ? 0 : 1)
    assert.equal(residualFaults({ ...risk, effect: 'eliminated', residual }).length, residual === 'low' ? 0 : 1)
  }
  assert.equal(residualFaults({ ...risk, likelihood: 'remote', residual: 'high' }).length, 1)
})

test('an assessment that two people approved after advice is in date until its day of review', () => {
  const dpia = anApprovedDpia()
  assert.equal(dpiaStanding(dpia, '2026-06-01').verdict, 'not_approved')
  assert.equal(dpiaStanding(dpia, '2026-06-02').verdict, 'in_date')
  assert.equal(dpiaStanding(dpia, '2027-05-31').verdict, 'in_date')
  assert.equal(dpiaStanding(dpia, '2027-06-01').verdict, 'review_due')
  assert.deepEqual(reviewsDue([dpia], '2027-05-31'), [])
  assert.deepEqual(
    reviewsDue([dpia, aDraft({ review_on: '2027-01-01' })], '2027-06-01').map((one) => one.review_on),
    ['2027-01-01', '2027-06-01'],
  )
  assert.deepEqual(codes(anApprovedDpia({ review_on: '2029-01-01' })), ['dpia_review_too_far'])
})

test('the data protection officer advises and decides nothing', () => {
  const dpia = anApprovedDpia()
  const of = assessedDigest(dpia)
  assert(dpia.advice)
  assert.deepEqual(codes({ ...dpia, advice: undefined } as unknown as Dpia), ['dpia_no_advice'])
  assert.deepEqual(codes({ ...dpia, advice: { ...dpia.advice, by: KIM } }), ['dpia_advice_not_of_officer'])
  assert.deepEqual(codes({ ...dpia, advice: { ...dpia.advice, decided_by: ROBIN } }), ['dpia_officer_decides'])
  assert.deepEqual(
    codes({
      ...dpia,
      sign_off: {
        measures: { by: { ...ROBIN, id: 'DPO-1' }, on: '2026-06-02', of },
        residual_risk: { by: SAM, on: '2026-06-02', of },
      },
    }),
    ['dpia_officer_decides'],
  )
})

test('advice is followed, or overruled with reasons', () => {
  const dpia = anApprovedDpia()
  assert(dpia.advice)
  const against = { ...dpia.advice, advises: 'not_to_go_ahead' } as const
  assert.deepEqual(codes({ ...dpia, advice: against }), ['dpia_advised_against'])
  assert.deepEqual(codes({ ...dpia, advice: { ...against, outcome: 'overruled', reasons: 'tbc' } }), [
    'dpia_overruled_without_reasons',
  ])
  const overruled = { ...against, outcome: 'overruled', reasons: 'The measures answer what was feared.' } as const
  assert.deepEqual(codes({ ...dpia, advice: overruled }), ['dpia_in_date'])
})

test('two people sign who differ, and neither wrote it', () => {
  const dpia = anApprovedDpia()
  const of = assessedDigest(dpia)
  const signed = (a: typeof JO, b: typeof JO) =>
    codes({ ...dpia, sign_off: { measures: { by: a, on: ON, of }, residual_risk: { by: b, on: ON, of } } })
  assert.deepEqual(signed(ALEX, JO), ['dpia_in_date'])
  assert.deepEqual(signed(SAM, { ...SAM, id: 'SUPT 12' }), ['dpia_one_person'])
  assert.deepEqual(signed(KIM, SAM), ['dpia_own_work'])
  assert.deepEqual(codes({ ...dpia, sign_off: {} }), ['dpia_measures_not_approved', 'dpia_residual_not_approved'])
})

test('C26: a high risk that is left waits for the Commissioner, whose advice comes before approval', () => {
  const [risk] = aDraft().risks
  assert(risk)
  const high = anApprovedDpia({ risks: [{ ...risk, residual: 'high' }] })
  assert.deepEqual(codes(high), ['dpia_commissioner_not_asked'])
  const sent = { ...high, commissioner: { sent: '2026-06-01' } }
  assert.deepEqual(codes(sent), ['dpia_commissioner_waits'])
  assert.equal(awaitsCommissionerUntil(sent), '2026-07-13')
  assert.equal(awaitsCommissionerUntil({ ...sent, commissioner: { sent: '2026-06-01', extended: true } }), '2026-08-13')
  const advised = (on: string, may_begin: boolean) =>
    codes({ ...high, commissioner: { sent: '2026-06-01', advice: { on, summary: 'As advised.', may_begin } } })
  assert.deepEqual(advised('2026-06-02', true), ['dpia_in_date'])
  assert.deepEqual(advised('2026-07-01', true), ['dpia_approved_before_advice'])
  assert.deepEqual(advised('2026-06-02', false), ['dpia_commissioner_against'])
})

test('whatever is changed after advice and approval makes them void; a new revision has neither', () => {
  const first = anApprovedDpia()
  assert.deepEqual(codes({ ...first, title: 'Notes anywhere' }), ['dpia_advice_older', 'dpia_approval_older'])
  const second = nextRevision(first)
  assert.deepEqual([second.revision, second.supersedes, second.sign_off], [2, dpiaDigest(first), undefined])
  assert.equal(dpiaStanding(second, ON).verdict, 'not_approved')
  assert.deepEqual(brokenLinks([first, second, nextRevision(second)]), [])
  assert.deepEqual(brokenLinks([{ ...first, title: 'Another' }, second]), [2])
  assert.deepEqual(brokenLinks([second]), [2])
})
