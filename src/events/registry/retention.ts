import { count, day, digest, flag, id, maybe, oneOf, text, word } from '../field.ts'
import type { Kind } from '../kind.ts'

const IN_CASE = { covers: 'alteration', inCase: 'always', under: 'sometimes' } as const
const TOWARDS = { covers: 'alteration', inCase: 'always', under: 'granted' } as const
const ERASED = { covers: 'erasure', inCase: 'always', under: 'granted' } as const
const RULE = { rule: word, schedule: digest } as const

/** How long things stay, and how they go (law rows C8, C16, D1 to D11, H14). */
export const RETENTION_EVENTS = {
  'hold.set': {
    says: 'A hold was set: nothing of it may be destroyed.',
    ...IN_CASE,
    fields: { hold: id, holding: maybe(id), basis: word, reason: text },
  },
  'hold.lifted': {
    says: 'A hold was lifted.',
    ...IN_CASE,
    fields: { hold: id, holding: maybe(id), reason: text },
  },
  'retention.decided': {
    says: 'At a review it was decided whether something stays.',
    ...IN_CASE,
    fields: {
      holding: id,
      outcome: oneOf('keep', 'restrict', 'destroy'),
      ...RULE,
      reasons: maybe(digest),
      next_review: maybe(day),
    },
  },
  'destruction.due': {
    says: 'Something is due to be destroyed.',
    ...TOWARDS,
    fields: { holding: id, ...RULE, since: day },
  },
  'destruction.proposed': {
    says: 'A destruction was proposed.',
    ...TOWARDS,
    fields: { destruction: id, holding: id, extract: id, how: oneOf('whole', 'part'), ...RULE },
  },
  'destruction.authorised': {
    says: 'The destruction was approved by a second person.',
    ...TOWARDS,
    // Of a part: how many records, and the digest over their ids in order; that is what was approved, and nothing that came later.
    fields: { destruction: id, holding: id, proposed_by: id, records: maybe(count), shown: maybe(digest) },
  },
  'destruction.refused': {
    says: 'The destruction was refused.',
    ...TOWARDS,
    fields: { destruction: id, holding: id, proposed_by: id, reason: text },
  },
  'destruction.done': {
    says: 'The extract was destroyed: nothing opens it any more.',
    ...ERASED,
    fields: {
      destruction: id,
      holding: id,
      extract: id,
      epoch_before: count,
      epoch_after: count,
      opens_no_longer: flag,
      files_removed: count,
      backups_before: count,
    },
  },
  'extract.resealed': {
    says: 'A part of the extract was destroyed: the rest was sealed anew under another key.',
    ...ERASED,
    fields: {
      destruction: id,
      extract: id,
      records_removed: count,
      root_before: digest,
      root_after: digest,
      epoch_after: count,
    },
  },
  'destruction.certified': {
    says: 'A certificate of the destruction was made.',
    ...TOWARDS,
    fields: { destruction: id, certificate: digest },
  },
} as const satisfies Readonly<Record<string, Kind>>
