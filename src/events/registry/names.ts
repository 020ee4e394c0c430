import { count, digest, flag, id } from '../field.ts'
import { type Kind, OUTSIDE } from '../kind.ts'

/** How names of recordings are read that no recorder is known for: learnt by one, approved by another (law rows E13, E14). */
export const NAME_EVENTS = {
  'names.shown': {
    says: 'Names of recordings were shown, as far as their shape.',
    covers: 'consultation',
    ...OUTSIDE,
    fields: { archive: id, recordings: count, shown: digest },
  },
  'template.proposed': {
    says: 'It was proposed how names of recordings are read.',
    covers: 'none',
    ...OUTSIDE,
    fields: { archive: id, template: id, contents: digest, read: count, of: count, otherwise: count },
  },
  'template.decided': {
    says: 'It was decided whether names of recordings are read as proposed.',
    covers: 'alteration',
    ...OUTSIDE,
    fields: { archive: id, template: id, contents: digest, proposed_by: id, approved: flag },
  },
} as const satisfies Readonly<Record<string, Kind>>
