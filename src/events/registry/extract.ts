import { count, digest, flag, id, instant, list, maybe, oneOf, text, word } from '../field.ts'
import type { Kind } from '../kind.ts'

const READ = { covers: 'consultation', inCase: 'always', under: 'granted' } as const
const ALTERED = { covers: 'alteration', inCase: 'always', under: 'granted' } as const
const HANDED_OVER = { covers: 'disclosure', inCase: 'always', under: 'granted' } as const
const SESSION = { extract: id, session: id } as const
/** How many records, and the digest over their ids in order: which they were can be checked, and not read. */
const SHOWN = { records: count, shown: digest } as const

/** Reading, tagging, setting apart and handing over what was taken (law rows C6, C-LOG, G1, D13). */
export const EXTRACT_EVENTS = {
  'extract.opened': {
    says: 'An extract was opened.',
    ...READ,
    fields: {
      ...SESSION,
      role: word,
      purpose: word,
      until: instant,
      compartment: oneOf('main', 'privileged', 'excess'),
    },
  },
  'extract.closed': {
    says: 'The extract was closed.',
    ...READ,
    fields: { ...SESSION, because: oneOf('person', 'time', 'withdrawn', 'hold', 'find', 'destruction', 'service') },
  },
  'extract.set_apart': {
    says: 'Material was set apart from the reviewer.',
    ...ALTERED,
    fields: { extract: id, as: oneOf('privileged', 'confidential', 'excess'), ...SHOWN },
  },
  'extract.combined': {
    says: 'Extracts were looked at together.',
    covers: 'combination',
    inCase: 'always',
    under: 'granted',
    fields: { extracts: list(id), session: id, purpose: word },
  },
  'item.viewed': {
    says: 'Records were shown.',
    ...READ,
    fields: {
      ...SESSION,
      view: oneOf('conversation', 'timeline', 'gallery', 'map', 'calls', 'contacts', 'search', 'item'),
      ...SHOWN,
    },
  },
  'item.unmasked': {
    says: 'Other people of a group conversation were shown by name.',
    ...READ,
    // Which conversation is not said: a number of it would be told apart by how many people there are.
    fields: { ...SESSION, people: count },
  },
  'item.tagged': {
    says: 'Records were tagged.',
    ...ALTERED,
    fields: {
      ...SESSION,
      tag: oneOf('relevant', 'not-relevant', 'privileged', 'confidential', 'third-party', 'sexual-history'),
      removed: flag,
      ...SHOWN,
    },
  },
  'item.annotated': {
    says: 'A note was written, or written anew.',
    ...ALTERED,
    fields: { ...SESSION, as: oneOf('fact', 'assessment'), note: digest, before: maybe(digest) },
  },
  'item.privilege_decided': {
    says: 'Counsel decided whether material is privileged.',
    ...ALTERED,
    fields: { ...SESSION, outcome: oneOf('privileged', 'not-privileged'), ...SHOWN },
  },
  'item.excess_decided': {
    says: 'It was decided what becomes of material taken in excess.',
    ...ALTERED,
    fields: { ...SESSION, outcome: oneOf('destroy', 'restrict'), ...SHOWN },
  },
  'item.exported': {
    says: 'Records were taken out of the extract.',
    ...HANDED_OVER,
    fields: { ...SESSION, bundle: digest, ...SHOWN },
  },
  'item.disclosed': {
    says: 'Records were disclosed.',
    ...HANDED_OVER,
    // The recipient so far as possible (DPA 2018 s.62(3)): their organisation and name stand here alone.
    fields: { extract: id, bundle: digest, gateway: word, recipient: text, records: count },
  },
} as const satisfies Readonly<Record<string, Kind>>
