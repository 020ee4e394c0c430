import { hash } from 'node:crypto'
import { canonical } from '../../records/index.ts'
import type { Day } from '../../retention/index.ts'
import { isBlank } from '../dpia/missing.ts'
import { isSamePerson, type Person } from '../person.ts'
import type { Reason } from '../reason.ts'

/** What staff read before they get an app, and the questions that show that they did. */
export interface Instruction {
  /** id of the entry of the catalogue */
  readonly app: string
  /** 1, and one more with every change */
  readonly version: number
  /** `instructionDigest` of the version before; absent exactly in version 1 */
  readonly supersedes?: string
  readonly issued: Day
  readonly text: string
  readonly questions: readonly QuizQuestion[]
  /** how many questions must be answered rightly */
  readonly pass_mark: number
}

export interface QuizQuestion {
  readonly id: string
  readonly asks: string
  readonly answers: readonly string[]
  /** indices of all right answers */
  readonly right: readonly number[]
}

/** Somebody says that they have read one version. */
export interface Receipt {
  readonly by: Pick<Person, 'id'>
  readonly of: string
  readonly on: Day
}

export interface QuizAttempt {
  readonly by: Pick<Person, 'id'>
  readonly of: string
  readonly on: Day
  /** indices that were chosen, by question */
  readonly chosen: Readonly<Record<string, readonly number[]>>
}

export interface QuizResult {
  readonly right: number
  readonly of: number
  readonly passed: boolean
  /** ids of questions not answered rightly */
  readonly wrong: readonly string[]
}

/** Names a version by all that it says: lower-case hex SHA-256 over its canonical form (RFC 8785). */
export function instructionDigest(instruction: Instruction): string {
  return hash('sha256', canonical(instruction), 'hex')
}

/** Issues another version. Whoever had read the one before reads anew: a receipt is of one version. */
export function reissue(
  before: Instruction,
  change: Partial<Pick<Instruction, 'text' | 'questions' | 'pass_mark'>>,
  issued: Day,
): Instruction {
  return { ...before, ...change, issued, version: before.version + 1, supersedes: instructionDigest(before) }
}

/** What makes an instruction useless: each a sentence. */
export function instructionFaults({ text, questions, pass_mark }: Instruction): string[] {
  const faulty = ({ asks, answers, right }: QuizQuestion) =>
    isBlank(asks) ||
    answers.length < 2 ||
    right.length === 0 ||
    right.length === answers.length ||
    new Set(right).size < right.length ||
    right.some((at) => !Number.isInteger(at) || at < 0 || at >= answers.length)
  return [
    ...(isBlank(text) ? ['The instruction has no text.'] : []),
    ...(questions.length === 0 ? ['The instruction has no questions.'] : []),
    ...(questions.some(faulty)
      ? ['A question needs at least two answers, of which some are right and some are not.']
      : []),
    ...(new Set(questions.map(({ id }) => id)).size < questions.length ? ['Two questions have one id.'] : []),
    ...(!Number.isInteger(pass_mark) || pass_mark < 1 || pass_mark > questions.length
      ? ['The pass mark is between one and the number of questions.']
      : []),
  ]
}

/** Marks answers: a question is right when exactly its right answers were chosen. */
export function markQuiz({ questions, pass_mark }: Instruction, chosen: QuizAttempt['chosen']): QuizResult {
  const wrong = questions
    .filter(({ id, right }) => {
      const given = new Set(Object.hasOwn(chosen, id) ? chosen[id] : [])
      return given.size !== right.length || right.some((at) => !given.has(at))
    })
    .map(({ id }) => id)
  const right = questions.length - wrong.length
  return { right, of: questions.length, passed: right >= pass_mark, wrong }
}

export const CLEARANCE_REASONS = {
  not_read: 'They have not read the instruction as it is now.',
  read_before: 'They have read an earlier version: it has changed since.',
  not_answered: 'They have not answered its questions.',
  not_passed: 'They have not answered enough questions rightly.',
  cleared: 'They have read it and answered its questions.',
} as const

/** Whether somebody may be given the app, on a day: read this version, then passed its questions. */
export function clearance(
  person: Pick<Person, 'id'>,
  instruction: Instruction,
  receipts: readonly Receipt[],
  attempts: readonly QuizAttempt[],
  on: Day,
): { readonly cleared: boolean; readonly reasons: readonly Reason[] } {
  const digest = instructionDigest(instruction)
  const theirs = receipts.filter((one) => isSamePerson(one.by, person) && one.on <= on)
  const read = theirs
    .filter((one) => one.of === digest && one.on >= instruction.issued)
    .map((one) => one.on)
    .sort()[0]
  if (read === undefined) return not(theirs.length > 0 ? 'read_before' : 'not_read')
  const answered = attempts.filter(
    (one) => isSamePerson(one.by, person) && one.of === digest && one.on >= read && one.on <= on,
  )
  if (answered.length === 0) return not('not_answered')
  if (!answered.some(({ chosen }) => markQuiz(instruction, chosen).passed)) return not('not_passed')
  return { cleared: true, reasons: [because('cleared')] }
}

function not(code: keyof typeof CLEARANCE_REASONS) {
  return { cleared: false, reasons: [because(code)] }
}

function because(code: keyof typeof CLEARANCE_REASONS): Reason {
  return { code, says: CLEARANCE_REASONS[code], source: 'ICO, reprimand of 18 April 2023: instruction of staff' }
}
