import { count, digest, flag, id, maybe, oneOf, word } from '../field.ts'
import type { Kind } from '../kind.ts'

const IN_CASE = { inCase: 'always', under: 'never' } as const
const ALTERATION = { covers: 'alteration', ...IN_CASE } as const

/** Cases, who is in them, and where devices are (law rows B1, B25, B26, C19). */
export const CASE_EVENTS = {
  'case.opened': {
    says: 'A case was opened.',
    ...ALTERATION,
    fields: { case: id, investigator: id },
  },
  'case.member_added': {
    says: 'Somebody was let into the case.',
    ...ALTERATION,
    fields: { case: id, member: id, role: word },
  },
  'case.member_removed': {
    says: 'Somebody left the case.',
    ...ALTERATION,
    fields: { case: id, member: id },
  },
  'case.closing_asked': {
    says: 'Soon after a refusal, a supervisor was asked to close the case.',
    ...ALTERATION,
    fields: { case: id, days_since_refusal: count },
  },
  'case.closed': {
    says: 'The case was closed.',
    ...ALTERATION,
    // A case that ends within days of a refusal needs a reason (law row B24).
    fields: { case: id, outcome: word, days_since_refusal: maybe(count), reason: maybe(digest) },
  },
  'device.received': {
    says: 'A device was received.',
    ...ALTERATION,
    fields: {
      device: id,
      exhibit: id,
      user_role: word,
      provided_by: oneOf('user', 'owner', 'parent-or-guardian', 'other'),
      place: maybe(id),
      condition: maybe(digest),
    },
  },
  'device.role_changed': {
    says: 'The role of the device user in the case changed.',
    ...ALTERATION,
    // What they were before stays on record (law row C6).
    fields: { device: id, before: word, after: word, reason: digest },
  },
  'device.moved': {
    says: 'A device was moved.',
    ...ALTERATION,
    fields: { device: id, to: id, reason: oneOf('storage', 'extraction', 'examination', 'court', 'return', 'other') },
  },
  'device.lent': {
    says: 'A phone was lent in place of the device.',
    ...ALTERATION,
    fields: { device: id, loan: id },
  },
  'device.loan_returned': {
    says: 'The phone that was lent came back.',
    ...ALTERATION,
    fields: { device: id, loan: id },
  },
  'device.returned': {
    says: 'A device was returned.',
    ...ALTERATION,
    fields: {
      device: id,
      to: oneOf('user', 'owner', 'parent-or-guardian', 'representative', 'other'),
      hours_held: count,
      within_24_hours: flag,
    },
  },
} as const satisfies Readonly<Record<string, Kind>>
