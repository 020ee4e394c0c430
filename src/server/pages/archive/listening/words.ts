import type { Listening, NotHeard, RecordingInShort } from '../../../../actions/index.ts'
import { REASONS } from '../../../../recordings/index.ts'

/** Where a wish to listen stands. */
export const LISTENING_WORDS: Readonly<Record<Listening['state'], { readonly text: string; readonly colour: string }>> =
  {
    asked: { text: 'Waits for a decision', colour: 'yellow' },
    live: { text: 'May be listened to now', colour: 'green' },
    refused: { text: 'Refused', colour: 'red' },
    over: { text: 'The time is over', colour: 'grey' },
    ended: { text: 'Ended', colour: 'grey' },
  }

/** Why nobody listens, and what to do instead (law row E15). */
export const NOT_HEARD_WORDS: Readonly<Record<NotHeard, readonly string[]>> = {
  PROTECTED: [
    'This call may be privileged, or was in confidence. Nobody in the force listens to it, whatever the reason.',
    "Ask the force's lawyers to instruct independent counsel. Counsel alone looks at it, and says whether it is privileged.",
  ],
  NOT_MATCHED: [
    'It is not known yet whether this call is protected. Nobody listens before that.',
    'Have the archive matched with the registers first.',
  ],
  NO_SOUND: ['There is no sound in this recording.', 'Decide on it by what else is known of it.'],
}

/** What a recording is called where nothing may tell whose it is: its phone by its number in the archive, its month. */
export function recordingWords({ phone, month }: Pick<RecordingInShort, 'phone' | 'month'>): string {
  const of = phone === null ? 'A recording of no phone that is known' : `A recording of phone ${phone}`
  return month === null ? of : `${of}, ${monthWords(month)}`
}

const MONTHS = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })

function monthWords(month: string): string {
  return MONTHS.format(new Date(`${month}-01T00:00:00Z`))
}

/** A length of time as people say it. */
export function lengthWords(ms: number | null): string {
  if (ms === null) return 'Not known'
  const seconds = Math.max(1, Math.round(ms / 1000))
  const [minutes, left] = [Math.floor(seconds / 60), seconds % 60]
  const many = (count: number, one: string) => `${count} ${count === 1 ? one : `${one}s`}`
  return [minutes > 0 && many(minutes, 'minute'), (left > 0 || minutes === 0) && many(left, 'second')]
    .filter((part) => part !== false)
    .join(' ')
}

/** A place in a recording: 1:05. */
export function clockWords(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Why it is what it is, in the sentences of matching. */
export function reasonWords(codes: readonly string[]): string[] {
  return codes.flatMap((code) => (Object.hasOwn(REASONS, code) ? [REASONS[code as keyof typeof REASONS][2]] : []))
}
