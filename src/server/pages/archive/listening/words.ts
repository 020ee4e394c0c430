import type { Listening, NotHeard } from '../../../../actions/index.ts'

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

/** A place in a recording: 1:05. */
export function clockWords(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
