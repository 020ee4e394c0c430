import { count, digest, maybe } from '../field.ts'
import type { Kind } from '../kind.ts'

/** The record of processing activities (law row C22). */
export const PROCESSING_EVENTS = {
  'processing.changed': {
    says: 'What the force says in its record of processing was changed.',
    covers: 'none',
    inCase: 'never',
    under: 'never',
    fields: { version: count, before: maybe(digest), after: digest },
  },
} as const satisfies Readonly<Record<string, Kind>>
