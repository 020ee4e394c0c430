import { code, count, digest, flag, id, instant, maybe, oneOf, word } from '../field.ts'
import { type Kind, OUTSIDE } from '../kind.ts'

const SEVERITY = oneOf('low', 'medium', 'high', 'critical')

/** What phones really hold, and what is done about it (law rows E10, E11, H17). Phones and apps are counted, and never named. */
export const FLEET_EVENTS = {
  'fleet.import_asked': {
    says: 'What device management exported was handed in to be read.',
    covers: 'collection',
    ...OUTSIDE,
    fields: { import: id, source: word, asked: instant, files: count, bytes: count, columns: maybe(digest) },
  },
  'fleet.import_taken_back': {
    says: 'What device management exported was destroyed unread.',
    covers: 'erasure',
    ...OUTSIDE,
    fields: { import: id },
  },
  'fleet.imported': {
    says: 'What phones hold was taken in and compared with what they may hold.',
    covers: 'combination',
    ...OUTSIDE,
    fields: {
      import: id,
      phones: count,
      installs: count,
      rows: count,
      left_out: count,
      odd: count,
      opened: count,
      closed: count,
      open: count,
    },
  },
  'fleet.import_failed': {
    says: 'What device management exported could not be read.',
    covers: 'none',
    ...OUTSIDE,
    fields: { import: id, code },
  },
  'fleet.roster_given': {
    says: 'It was said which role each phone has.',
    covers: 'collection',
    ...OUTSIDE,
    fields: { roster: id, phones: count, roles: count, holders: count },
  },
  'fleet.alias_decided': {
    says: 'It was decided whether a name stands for an app.',
    covers: 'alteration',
    ...OUTSIDE,
    fields: { alias: id, confirmed: flag },
  },
  'fleet.ticket_seen': {
    says: 'Somebody looked at what a phone should not hold.',
    covers: 'consultation',
    ...OUTSIDE,
    fields: { ticket: id },
  },
  'fleet.noted': {
    says: 'A note was written about what a phone should not hold.',
    covers: 'alteration',
    ...OUTSIDE,
    fields: { ticket: id, note: digest },
  },
  'fleet.settled': {
    says: 'What a phone should not hold was seen to.',
    covers: 'alteration',
    ...OUTSIDE,
    fields: { ticket: id, as: word, severity: SEVERITY, late: flag, done: digest },
  },
  'fleet.quiet_seen': {
    says: 'Somebody looked at which phones are no longer heard of.',
    covers: 'consultation',
    ...OUTSIDE,
    fields: { phones: count },
  },
} as const satisfies Readonly<Record<string, Kind>>
