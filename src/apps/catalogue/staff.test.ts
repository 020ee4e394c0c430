import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JO } from '../dpia/a-dpia.fixture.ts'
import { INSTRUCTION, LEE } from './an-app.fixture.ts'
import { clearance, instructionDigest, instructionFaults, markQuiz, reissue } from './instruction.ts'
import { followingFrom, type SelfReport, underAmnesty } from './self-report.ts'

const of = instructionDigest(INSTRUCTION)
const receipt = { by: LEE, of, on: '2026-06-10' }
const passed = { by: LEE, of, on: '2026-06-10', chosen: { Q1: [0], Q2: [0] } }

test('E9: somebody gets an app who read the instruction as it is now and then answered its questions', () => {
  const codes = (receipts: (typeof receipt)[], attempts: (typeof passed)[], instruction = INSTRUCTION) =>
    clearance(LEE, instruction, receipts, attempts, '2026-07-01').reasons.map(({ code }) => code)
  assert.deepEqual(codes([receipt], [passed]), ['cleared'])
  assert.deepEqual(codes([], [passed]), ['not_read'])
  assert.deepEqual(codes([{ ...receipt, by: JO }], [passed]), ['not_read'])
  assert.deepEqual(codes([receipt], []), ['not_answered'])
  assert.deepEqual(codes([receipt], [{ ...passed, on: '2026-06-09' }]), ['not_answered'])
  assert.deepEqual(codes([receipt], [{ ...passed, chosen: { Q1: [0], Q2: [1] } }]), ['not_passed'])
  assert.deepEqual(codes([receipt], [{ ...passed, on: '2026-08-01' }]), ['not_answered'])
  const next = reissue(INSTRUCTION, { text: 'Notes are about people. Nothing of children.' }, '2026-06-20')
  assert.deepEqual([next.version, next.supersedes], [2, of])
  assert.deepEqual(codes([receipt], [passed], next), ['read_before'])
})

test('a question is right when exactly its right answers were chosen', () => {
  assert.deepEqual(markQuiz(INSTRUCTION, { Q1: [0, 1], Q2: [0] }), { right: 1, of: 2, passed: false, wrong: ['Q1'] })
  assert.deepEqual(markQuiz(INSTRUCTION, { Q1: [0, 0], Q2: [0] }).wrong, [])
  assert.deepEqual(markQuiz(INSTRUCTION, {}).wrong, ['Q1', 'Q2'])
})

test('an instruction that anybody passes is none', () => {
  const [question] = INSTRUCTION.questions
  assert(question)
  assert.deepEqual(instructionFaults(INSTRUCTION), [])
  for (const change of [
    { text: ' ' },
    { questions: [] },
    { pass_mark: 0 },
    { pass_mark: 3 },
    { questions: [question, question] },
    {
      questions: [
        { ...question, right: [0, 1] },
        { ...question, id: 'Q2' },
      ],
    },
    {
      questions: [
        { ...question, right: [2] },
        { ...question, id: 'Q2' },
      ],
    },
  ])
    assert(instructionFaults({ ...INSTRUCTION, ...change }).length > 0, JSON.stringify(change))
})

test('who reports an app themselves is told to delete nothing, and not knowing counts as yes', () => {
  const report: SelfReport = {
    id: 'SR-1',
    on: '2026-06-10',
    app: 'com.example.recorder',
    installed: 'still',
    phone: 'of_the_force',
    data: 'not_known',
    deleted: 'some',
    evidence: 'not_known',
    used_after_told_not_to: false,
  }
  assert.deepEqual(followingFrom(report), [
    'keep_everything',
    'collect_phone',
    'collect_cloud',
    'tell_disclosure',
    'record_deletion',
    'tell_officer',
  ])
  const nothing = { ...report, installed: 'no_longer', data: 'none', deleted: 'nothing', evidence: 'no' } as const
  assert.deepEqual(followingFrom(nothing), ['tell_officer'])
  const amnesty = { from: '2026-06-01', until: '2026-06-30', apps: [] }
  assert.equal(underAmnesty(report, amnesty).covered, true)
  assert.deepEqual(
    underAmnesty(
      { ...report, on: '2026-07-01', used_after_told_not_to: true },
      { ...amnesty, apps: ['other'] },
    ).reasons.map(({ code }) => code),
    ['outside_amnesty', 'other_app', 'told_not_to'],
  )
})
