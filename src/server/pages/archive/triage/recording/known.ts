import type { SeenRecording } from '../../../../../actions/index.ts'
import type { ProtectedKind, Reason } from '../../../../../recordings/index.ts'
import { PATHS, pathTo } from '../../../../paths.ts'
import { callLines, told } from '../../call-lines.ts'
import { PROTECTED_WORDS } from '../words.ts'

type Known = NonNullable<SeenRecording['known']>

/** What is known of the call, line by line, each with where it is from. */
export function factLines({ details, facts, phone }: Known) {
  const { audio } = details
  return told([
    ...callLines(facts, audio?.durationMs),
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
  ])
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
