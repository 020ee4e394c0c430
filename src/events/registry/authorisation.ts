import { count, day, digest, flag, id, instant, list, maybe, oneOf, word } from '../field.ts'
import type { Kind } from '../kind.ts'

const IN_CASE = { covers: 'alteration', inCase: 'always', under: 'never' } as const
const ENDS = { covers: 'alteration', inCase: 'always', under: 'granted' } as const

const REQUEST = { request: id, version: count } as const
const AGREEING = oneOf(
  'user',
  'parent-or-guardian',
  'care-authority',
  'social-worker',
  'attorney',
  'deputy',
  'responsible-adult',
)

/** Request, notice, agreement and decision (law rows B1 to B29). */
export const AUTHORISATION_EVENTS = {
  'request.started': {
    says: 'A request was begun.',
    ...IN_CASE,
    fields: { ...REQUEST, device: id, supersedes: maybe(id) },
  },
  'request.written': {
    says: 'Part of a request was written.',
    ...IN_CASE,
    fields: { ...REQUEST, part: word, document: digest },
  },
  'request.advised': {
    says: 'Advice was given on a request.',
    ...IN_CASE,
    fields: { ...REQUEST, advice: digest },
  },
  'request.withdrawn': {
    says: 'The request was taken back.',
    ...IN_CASE,
    fields: REQUEST,
  },
  'request.not_needed': {
    says: 'It was decided that no phone is needed.',
    ...IN_CASE,
    fields: { request: id, instead: word },
  },
  'authorisation.requested': {
    says: 'An authorisation was asked for.',
    ...IN_CASE,
    fields: {
      ...REQUEST,
      document: digest,
      power: word,
      purpose: word,
      clauses: count,
      excess_risk: flag,
      confidential_risk: flag,
      // On which condition of DPA 2018 Schedule 8 something sensitive is processed (law row C3).
      condition: maybe(word),
      // The edition of the code of practice, by the day from which it is in force, and the steps of it that were departed from (law row B8).
      code: maybe(day),
      departures: maybe(list(word)),
    },
  },
  'authorisation.returned': {
    says: 'The request was returned for more.',
    ...IN_CASE,
    fields: { ...REQUEST, document: digest, reasons: digest },
  },
  'authorisation.narrowed': {
    says: 'Less was offered than was asked: a narrower version was made, for a notice and an agreement of its own.',
    ...IN_CASE,
    fields: { ...REQUEST, document: digest, reasons: digest, next: id, next_document: digest, clauses: count },
  },
  'authorisation.journalistic_decided': {
    says: 'A senior officer decided whether confidential journalistic material may be taken.',
    ...IN_CASE,
    fields: { ...REQUEST, document: digest, outcome: oneOf('allowed', 'refused'), reasons: digest },
  },
  'authorisation.granted': {
    says: 'The authorisation was granted.',
    ...IN_CASE,
    fields: {
      ...REQUEST,
      authorisation: digest,
      requested_by: id,
      narrowed: flag,
      clauses: count,
      valid_from: instant,
      valid_until: instant,
      reasons: digest,
    },
  },
  'authorisation.refused': {
    says: 'The request was refused.',
    ...IN_CASE,
    fields: { ...REQUEST, document: digest, reasons: digest },
  },
  'authorisation.varied': {
    says: 'A later version took the place of the authorisation.',
    ...ENDS,
    fields: { authorisation: digest, by: digest },
  },
  'authorisation.expired': {
    says: 'The authorisation ran out.',
    ...ENDS,
    fields: { authorisation: digest, valid_until: instant },
  },
  'authorisation.withdrawn': {
    says: 'The authorisation was ended before its time.',
    ...ENDS,
    fields: {
      authorisation: digest,
      because: oneOf('agreement-withdrawn', 'no-longer-necessary', 'mistake', 'other'),
    },
  },
  'notice.served': {
    says: 'The digital processing notice was served.',
    ...IN_CASE,
    fields: {
      ...REQUEST,
      notice: digest,
      form: oneOf('dpn-a', 'dpn-b', 'dpn-c'),
      to: AGREEING,
      language: word,
      adjustments: list(word),
    },
  },
  'agreement.recorded': {
    says: 'Agreement was given.',
    ...IN_CASE,
    fields: {
      ...REQUEST,
      notice: digest,
      agreement: digest,
      by: AGREEING,
      user_is: oneOf('adult', 'child', 'adult-without-capacity'),
      manner: oneOf('written', 'electronic', 'oral'),
      copy_given: flag,
      views_recorded: maybe(flag),
    },
  },
  'agreement.refused': {
    says: 'Agreement was refused. That ends no enquiry and counts against nobody.',
    ...IN_CASE,
    fields: { ...REQUEST, notice: digest, by: AGREEING },
  },
  'agreement.withdrawn': {
    says: 'Agreement was withdrawn.',
    covers: 'alteration',
    inCase: 'always',
    // Before the decision there is nothing to point to.
    under: 'sometimes',
    fields: {
      ...REQUEST,
      stage: oneOf('before', 'during', 'after'),
      received: oneOf('page', 'telephone', 'paper', 'in-person', 'other'),
      letter: maybe(digest),
    },
  },
  'agreement.guardian_told': {
    says: 'A parent, guardian or care authority was told, or it was recorded why not.',
    ...IN_CASE,
    fields: { ...REQUEST, told: flag, reason: maybe(digest) },
  },
} as const satisfies Readonly<Record<string, Kind>>
