import type { SeenRecording } from '../../../../../actions/index.ts'
import type { ProtectedKind, Reason, Source } from '../../../../../recordings/index.ts'
import { PATHS, pathTo } from '../../../../paths.ts'
import { lengthWords } from '../../listening/words.ts'
import { spanWords } from '../../sample/span-words.ts'
import { PROTECTED_WORDS } from '../words.ts'

const FROM: Readonly<Record<Source, string>> = {
  name: 'from the name of the file',
  sidecar: 'from the file beside it',
  db: 'from the recorder’s database',
  container: 'from the file itself',
  bill: 'from the bill',
}

const DIRECTIONS = { in: 'Incoming', out: 'Outgoing', conference: 'A conference' } as const

type Known = NonNullable<SeenRecording['known']>

/** What is known of the call, line by line, each with where it is from. */
export function factLines({ details, facts, phone }: Known): { key: string; values: string[] }[] {
  const from = (text: string, source: Source | undefined) => (source === undefined ? text : `${text}, ${FROM[source]}`)
  const { audio } = details
  const length = facts?.durationMs ?? audio?.durationMs
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
    { key: 'Phone', values: phone === null ? [] : [`Phone ${phone} of this archive`] },
    { key: 'Phone, in the registers', values: [...(facts?.devices ?? [])] },
    {
      key: (facts?.holders.length ?? 0) > 1 ? 'Held by one of (staff numbers)' : 'Held by (staff number)',
      values: [...(facts?.holders ?? [])],
    },
    { key: 'Cases of the other party', values: [...(facts?.occurrences ?? [])], none: 'None known' },
    {
      key: 'On the bill',
      values: (facts?.billed ?? []).map((line) => `Line ${line} of the bill that was given`),
      none: 'Not found there, or not for certain',
    },
    { key: 'File', values: [details.path, ...(audio ? [`${audio.container.toUpperCase()} file`] : [])] },
  ].map(({ key, values, none }) => ({ key, values: values.length === 0 ? [none ?? 'Not known'] : values }))
}

/** Every reason in its sentence, with what it is about; what is another recording leads there. */
export function reasonLines(
  archive: string,
  reasons: readonly Reason[],
): { says: string; targets: { text: string; href?: string }[] }[] {
  return reasons.map(({ code, says, targets }) => ({
    says,
    // What a hold is on is told with the holds themselves.
    targets: code === 'hold' ? [] : targets.map((target) => targetOf(archive, code, target)),
  }))
}

function targetOf(archive: string, code: Reason['code'], target: string): { text: string; href?: string } {
  if (code === 'protected_number') return { text: PROTECTED_WORDS[target as ProtectedKind] ?? target }
  if (code !== 'exact_copy' && code !== 'likely_copy_tied') return { text: target }
  return { text: 'The other recording', href: pathTo(PATHS.recording, { archive, item: target }) }
}
