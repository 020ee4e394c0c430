import { count, digest, id } from '../field.ts'
import type { Kind } from '../kind.ts'

const KEEP = { archive: id, keep: id, items: count, set: digest } as const

/**
 * Recordings of an archive that are kept for a case (law row E14). Which they are is told by the digest of the set alone; from the grant on
 * it is an authorisation and an extraction like any other.
 */
export const KEEP_EVENTS = {
  'recording.keep_proposed': {
    says: 'It was proposed that recordings are kept for the case.',
    covers: 'alteration',
    inCase: 'always',
    under: 'never',
    fields: { ...KEEP, bytes: count, reasons: digest },
  },
  'recording.keep_refused': {
    says: 'It was refused that recordings are kept for the case.',
    covers: 'alteration',
    inCase: 'always',
    under: 'never',
    fields: { ...KEEP, proposed_by: id, reasons: digest },
  },
  'recording.keep_approved': {
    says: 'It was approved, by somebody else than who proposed it, that recordings are kept for the case.',
    covers: 'alteration',
    inCase: 'always',
    under: 'granted',
    fields: { ...KEEP, proposed_by: id, request: id },
  },
  'recording.keep_tried_again': {
    says: 'Keeping recordings for a case, which had failed, was begun again.',
    covers: 'none',
    inCase: 'never',
    under: 'never',
    fields: { archive: id, keep: id },
  },
  'recording.kept': {
    says: 'Recordings that are kept for the case lie in their sealed extract; the archive’s own copies are destroyed.',
    covers: 'erasure',
    inCase: 'always',
    under: 'granted',
    fields: { ...KEEP, extraction: id },
  },
} as const satisfies Readonly<Record<string, Kind>>
