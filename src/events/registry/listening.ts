import { count, digest, id, instant, maybe, oneOf } from '../field.ts'
import { type Kind, OUTSIDE } from '../kind.ts'

const LISTENING = { archive: id, recording: id, listening: id } as const

/** Listening to a recording: asked by one, allowed by another, and written down to the second before a sound is sent (law rows E14, E15, C-LOG). */
export const LISTENING_EVENTS = {
  'recording.listening_asked': {
    says: 'It was asked that a recording is listened to.',
    covers: 'none',
    ...OUTSIDE,
    fields: { ...LISTENING, reasons: digest },
  },
  'recording.listening_decided': {
    says: 'It was decided whether a recording is listened to.',
    covers: 'none',
    ...OUTSIDE,
    fields: {
      ...LISTENING,
      asked_by: id,
      outcome: oneOf('allowed', 'refused'),
      until: maybe(instant),
      reasons: maybe(digest),
    },
  },
  'recording.heard': {
    says: 'Sound of a recording was sent to whoever may listen to it.',
    covers: 'consultation',
    ...OUTSIDE,
    fields: {
      ...LISTENING,
      as: oneOf('sound', 'file'),
      from_s: count,
      to_s: count,
      // Bytes are counted; which second they are of follows from the length of the whole, and is so exact.
      seconds: oneOf('exact', 'about', 'unknown'),
      from_byte: count,
      to_byte: count,
    },
  },
  'recording.listening_ended': {
    says: 'Listening to a recording was ended before its time.',
    covers: 'none',
    ...OUTSIDE,
    fields: LISTENING,
  },
} as const satisfies Readonly<Record<string, Kind>>
