import { count, digest, flag, id, instant, oneOf } from '../field.ts'
import { BY_CHOICE, type Kind } from '../kind.ts'

/** Breaches of personal data, and who is told of them (law rows C27, C28). */
export const BREACH_EVENTS = {
  'breach.reported': {
    says: 'A breach of personal data was recorded.',
    ...BY_CHOICE,
    fields: { breach: id, as: oneOf('confidentiality', 'integrity', 'availability'), aware: instant, facts: digest },
  },
  'breach.decided': {
    says: 'It was decided who is told of a breach.',
    ...BY_CHOICE,
    fields: {
      breach: id,
      commissioner: oneOf('told', 'no-likely-risk'),
      hours: count,
      within_72_hours: flag,
      people: oneOf('told', 'no-high-risk', 'unintelligible', 'measures-taken', 'public-notice', 'restricted'),
      reasons: digest,
    },
  },
} as const satisfies Readonly<Record<string, Kind>>
