import type { Facts, Source } from '../../../recordings/index.ts'
import { lengthWords } from './recording-words.ts'
import { spanWords } from './span-words.ts'

/** One line of what is known of a call; without a value where nothing is. */
export interface CallLine {
  readonly key: string
  readonly values: readonly string[]
  /** said where there is no value */
  readonly none?: string
}

const FROM: Readonly<Record<Source, string>> = {
  name: 'from the name of the file',
  sidecar: 'from the file beside it',
  db: 'from the recorder’s database',
  container: 'from the file itself',
  bill: 'from the bill',
}

const DIRECTIONS = { in: 'Incoming', out: 'Outgoing', conference: 'A conference' } as const

/** Who was called, which way, when and for how long, each with where it is from. */
export function callLines(facts: Facts | undefined, durationMs: number | undefined): CallLine[] {
  const from = (text: string, source: Source | undefined) => (source === undefined ? text : `${text}, ${FROM[source]}`)
  const length = facts?.durationMs ?? durationMs
  // In the hour that comes twice in October both are shown: nobody knows which it was.
  const began = facts?.began ?? []
  return [
    { key: 'Other party', values: (facts?.numbers ?? []).map((number) => from(number, facts?.numbersFrom)) },
    { key: 'Direction', values: facts?.direction ? [from(DIRECTIONS[facts.direction], facts.directionFrom)] : [] },
    {
      key: began.length > 1 ? 'Began at one of' : 'Began',
      values: began.map((window) => from(spanWords(window), facts?.beganFrom)),
    },
    { key: 'Length', values: length === undefined ? [] : [from(lengthWords(length), facts?.durationFrom)] },
  ]
}

/** Lines as a page shows them: every one says something. */
export function told(lines: readonly CallLine[]): { key: string; values: readonly string[] }[] {
  return lines.map(({ key, values, none = 'Not known' }) => ({ key, values: values.length === 0 ? [none] : values }))
}
