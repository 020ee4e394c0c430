import type { SampledRecording } from '../../../../actions/index.ts'
import type { Source, Window } from '../../../../recordings/index.ts'
import { spanWords } from './span-words.ts'

const FROM: Readonly<Record<Source, string>> = {
  name: 'from the name of the file',
  sidecar: 'from the file beside it',
  db: 'from the recorder’s database',
  container: 'from the file itself',
  bill: 'from the bill',
}

const DIRECTIONS = { in: 'Incoming', out: 'Outgoing', conference: 'A conference' } as const

/** What is known of the call, in lines, each with where it is from. */
export function callWords({
  phone,
  known,
  durationMs,
  container,
}: SampledRecording): { what: string; says: string[] }[] {
  const facts = known?.details.facts
  const told = (says: string, from: Source | undefined) => (from === undefined ? says : `${says} (${FROM[from]})`)
  const length = facts?.durationMs ?? durationMs ?? undefined
  return [
    { what: 'Other side', says: (facts?.numbers ?? []).map((number) => told(number, facts?.numbersFrom)) },
    {
      what: 'Name in the file',
      says: known?.details.named?.contact === undefined ? ['none'] : [known.details.named.contact],
    },
    {
      what: 'Direction',
      says: facts?.direction === undefined ? [] : [told(DIRECTIONS[facts.direction], facts.directionFrom)],
    },
    { what: 'Began', says: (facts?.began ?? []).map((began: Window) => told(spanWords(began), facts?.beganFrom)) },
    { what: 'Lasted', says: length === undefined ? [] : [told(lengthWords(length), facts?.durationFrom)] },
    { what: 'Phone', says: [phone === null ? 'not known' : `phone ${phone}`, ...(facts?.devices ?? [])] },
    { what: 'File', says: [known?.details.path ?? '', ...(container === null ? [] : [container])] },
  ].map(({ what, says }) => ({ what, says: says.length === 0 ? ['not known'] : says }))
}

/** `2 minutes 5 seconds`, to the second. */
export function lengthWords(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60]
  const count = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`
  return minutes === 0
    ? count(rest, 'second')
    : rest === 0
      ? count(minutes, 'minute')
      : `${count(minutes, 'minute')} ${count(rest, 'second')}`
}
