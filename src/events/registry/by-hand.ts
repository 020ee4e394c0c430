import { count, digest, flag, id, instant, oneOf, tally } from '../field.ts'
import type { Kind } from '../kind.ts'

const method = oneOf('screen', 'photographs', 'screenshots', 'sim-card', 'memory-card')

/** Taking information from a device by hand: an extraction like any other (law rows B10, B21, B26; C-LOG, collection). */
export const BY_HAND_EVENTS = {
  'extraction.begun_by_hand': {
    says: 'Looking at the device by hand was begun.',
    covers: 'collection',
    inCase: 'always',
    under: 'live',
    fields: { extraction: id, device: id, authorisation: digest, authorised_by: id, method },
  },
  'extraction.recorded_by_hand': {
    says: 'What came of looking at the device by hand was recorded.',
    covers: 'collection',
    inCase: 'always',
    // Not `live`: what was begun is recorded also where the authorisation ended meanwhile.
    under: 'granted',
    fields: {
      extraction: id,
      authorisation: digest,
      method,
      from: instant,
      to: instant,
      late: flag,
      seen: tally,
      excess: count,
      pictures: count,
      record: digest,
    },
  },
} as const satisfies Readonly<Record<string, Kind>>
