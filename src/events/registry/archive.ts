import { count, digest, flag, id, tally, word } from '../field.ts'
import { type Kind, OUTSIDE } from '../kind.ts'

/** Archives of call recordings: what is taken in, and what it is matched with (law rows E14, E17). */
export const ARCHIVE_EVENTS = {
  'archive.opened': {
    says: 'An archive of call recordings was opened.',
    covers: 'collection',
    ...OUTSIDE,
    fields: { archive: id, title: digest },
  },
  'archive.taken_in': {
    says: 'An archive of call recordings was taken in, and sealed.',
    covers: 'collection',
    ...OUTSIDE,
    fields: {
      archive: id,
      files: count,
      bytes: count,
      recordings: count,
      phones: count,
      problems: count,
      root: digest,
    },
  },
  'archive.matching_asked': {
    says: 'Somebody asked that an archive is matched with the registers as they stand.',
    covers: 'none',
    ...OUTSIDE,
    fields: { archive: id },
  },
  'archive.tried_again': {
    says: 'Work on an archive of call recordings that had failed was begun again.',
    covers: 'none',
    ...OUTSIDE,
    fields: { archive: id },
  },
  'archive.matched': {
    says: 'Recordings were matched with the registers.',
    covers: 'combination',
    ...OUTSIDE,
    fields: { archive: id, matching: count, recordings: count, classes: tally, inputs: digest },
  },
  'archive.collected_checked': {
    says: 'It was counted how much of an archive still lies where it was collected.',
    covers: 'none',
    ...OUTSIDE,
    fields: { archive: id, recordings: count, there: count, files: count, reached: flag },
  },
  'archive.closing_proposed': {
    says: 'It was proposed that an archive is closed, of which every recording is kept for a case or destroyed.',
    covers: 'alteration',
    ...OUTSIDE,
    fields: { archive: id, closing: id },
  },
  'archive.closing_decided': {
    says: 'Whether an archive is closed was decided by somebody else than who proposed it.',
    covers: 'alteration',
    ...OUTSIDE,
    fields: { archive: id, closing: id, proposed_by: id, approved: flag },
  },
  'archive.closed': {
    says: 'An archive was closed: its key is destroyed, and with it what told whose a mark was.',
    covers: 'erasure',
    ...OUTSIDE,
    fields: { archive: id, generation: count, epoch_before: count, epoch_after: count, opens_no_longer: flag },
  },
  'register.given': {
    says: 'A register was given to match recordings with.',
    covers: 'collection',
    ...OUTSIDE,
    fields: { archive: id, register: id, as: word, bytes: count, contents: digest },
  },
  'register.columns_set': {
    says: 'It was said which column of a register is what.',
    covers: 'none',
    ...OUTSIDE,
    fields: { archive: id, register: id, columns: digest, rows: count, problems: count },
  },
  'register.taken_back': {
    says: 'A register was taken back: recordings are no longer matched with it.',
    covers: 'erasure',
    ...OUTSIDE,
    fields: { archive: id, register: id },
  },
} as const satisfies Readonly<Record<string, Kind>>
