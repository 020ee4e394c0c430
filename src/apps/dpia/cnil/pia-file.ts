import { DpiaError } from '../errors.ts'
import { parseBounded } from '../parse-bounded.ts'

/** What the CNIL's PIA tool (4.1) exports: its members are kept as they came, known or not. */
export interface PiaFile {
  readonly pia: Members
  readonly answers: Members[]
  readonly measures: Members[]
  readonly evaluations?: unknown
  readonly comments?: unknown
}

export type Members = Record<string, unknown>

/** Some hundred times a long assessment. */
const MAX_CHARACTERS = 1 << 23

/** Throws DpiaError TOO_LARGE, TOO_DEEP, NOT_JSON or NOT_A_PIA. */
export function parsePia(text: string): PiaFile {
  const value = parseBounded(text.replace(/^\ufeff/, ''), MAX_CHARACTERS)
  const refuse = (hint: string) => new DpiaError('NOT_A_PIA', 'that is no export of the CNIL’s PIA tool', hint)
  if (!isMembers(value) || !isMembers(value.pia)) throw refuse('it must have `pia`')
  for (const name of ['answers', 'measures'] as const) {
    const list = value[name]
    if (!Array.isArray(list) || !list.every(isMembers))
      throw refuse(`\`${name}\` must be a list of answers or measures`)
  }
  return value as unknown as PiaFile
}

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The answer to a question, by its number; the first where there are several. */
export function answerTo({ answers }: PiaFile, question: number): Members | undefined {
  return answers.find(({ reference_to }) => numberOf(reference_to) === question)
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** A number, or one in quotes: the tool writes both. Anything else is none. */
export function numberOf(value: unknown): number {
  return typeof value === 'number' || (typeof value === 'string' && /^\d{1,4}$/.test(value))
    ? Number(value)
    : Number.NaN
}
