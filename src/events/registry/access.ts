import { code, count, digest, flag, id, list, maybe, oneOf, word } from '../field.ts'
import { BY_CHOICE, type Kind } from '../kind.ts'

const EITHER = { covers: 'none', inCase: 'sometimes', under: 'never' } as const

/** Who came in, proved who they are, was refused, holds which role, and asked the log (law rows C24, H18, H19). */
export const ACCESS_EVENTS = {
  'access.signed_in': {
    says: 'Somebody signed in.',
    ...BY_CHOICE,
    fields: { session: id, roles: list(word), second_factor: flag },
  },
  'access.signed_out': {
    says: 'Somebody signed out, or their session ended.',
    ...BY_CHOICE,
    fields: { session: id, because: oneOf('person', 'time', 'ended') },
  },
  'access.step_up': {
    says: 'Somebody proved again that it is they.',
    ...BY_CHOICE,
    fields: { session: id, act: word, method: oneOf('webauthn', 'other') },
  },
  'access.refused': {
    says: 'Somebody was refused.',
    ...EITHER,
    fields: { act: word, code },
  },
  'access.key_registered': {
    says: 'Somebody registered a key of their own.',
    ...BY_CHOICE,
    fields: { key: digest, for: oneOf('second-factor', 'signing') },
  },
  'access.key_removed': {
    says: 'Somebody removed a key of their own.',
    ...BY_CHOICE,
    fields: { key: digest, for: oneOf('second-factor', 'signing') },
  },
  'access.role_given': {
    says: 'Somebody was given a role.',
    ...BY_CHOICE,
    fields: { person: id, role: word },
  },
  'access.role_taken': {
    says: 'A role was taken from somebody.',
    ...BY_CHOICE,
    fields: { person: id, role: word },
  },
  'log.queried': {
    says: 'The log was asked.',
    ...EITHER,
    // The four purposes, and no other (DPA 2018 s.62(4)).
    fields: {
      purpose: oneOf('lawfulness', 'self-monitoring', 'integrity-and-security', 'criminal-proceedings'),
      query: maybe(digest),
      entries: count,
    },
  },
} as const satisfies Readonly<Record<string, Kind>>
