import { count, digest, flag, id, list, maybe, oneOf, word } from '../field.ts'
import { type Kind, OUTSIDE } from '../kind.ts'

const RECORDING = { archive: id, recording: id } as const

/** Recordings one by one: who saw whose call it is, what was decided, what is held, what owners say of theirs (law rows E14, E15, D9). */
export const TRIAGE_EVENTS = {
  'recording.seen': {
    says: 'It was shown whose call a recording is of.',
    covers: 'consultation',
    ...OUTSIDE,
    // Of what is protected only the disclosure officer sees whose it is.
    fields: { ...RECORDING, class: maybe(oneOf('A', 'B', 'C', 'D', 'E', 'F')), hidden: flag },
  },
  'recording.decided': {
    says: 'It was decided what becomes of a recording.',
    covers: 'alteration',
    ...OUTSIDE,
    fields: {
      ...RECORDING,
      decision: id,
      outcome: oneOf('hold', 'release'),
      codes: list(word),
      reasons: digest,
      privileged_route: flag,
    },
  },
  'archive.hold_set': {
    says: 'A hold was set on recordings: nothing under it may be destroyed.',
    covers: 'alteration',
    ...OUTSIDE,
    fields: {
      archive: id,
      hold: id,
      on: oneOf('archive', 'device', 'holder', 'number', 'case', 'item'),
      recordings: count,
      reasons: digest,
    },
  },
  'archive.hold_lifted': {
    says: 'A hold on recordings was lifted.',
    covers: 'alteration',
    ...OUTSIDE,
    fields: { archive: id, hold: id, reasons: digest },
  },
  'archive.stated': {
    says: 'Whoever held a phone said what its recordings are.',
    covers: 'collection',
    ...OUTSIDE,
    fields: { archive: id, statement: id, as: word },
  },
} as const satisfies Readonly<Record<string, Kind>>
