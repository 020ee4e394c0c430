import { count, day, digest, id, maybe, oneOf } from '../field.ts'
import { type Kind, OUTSIDE } from '../kind.ts'

/** The second look at what is proposed for destruction; where copies were looked for; and who was told (law rows E14, E17). */
export const SAMPLE_EVENTS = {
  'sample.drawn': {
    says: 'A sample of what is proposed for destruction was drawn.',
    covers: 'none',
    ...OUTSIDE,
    // Whoever has the ids and the seed draws the same again.
    fields: { archive: id, sample: id, matching: count, of: count, items: count, seed: digest },
  },
  'sample.looked': {
    says: 'What the registers say of a recording of the sample was looked at.',
    covers: 'consultation',
    ...OUTSIDE,
    fields: { archive: id, sample: id, recording: id },
  },
  'sample.judged': {
    says: 'It was said whether what is proposed for a recording of the sample is right.',
    covers: 'none',
    ...OUTSIDE,
    fields: { archive: id, sample: id, recording: id, outcome: oneOf('right', 'wrong'), reasons: maybe(digest) },
  },
  'sample.finished': {
    says: 'Everything in a sample was looked at.',
    covers: 'none',
    ...OUTSIDE,
    fields: { archive: id, sample: id, looked: count, wrong: count },
  },
  'archive.place_checked': {
    says: 'It was said what was found where copies of recordings were or may be.',
    covers: 'none',
    ...OUTSIDE,
    fields: {
      archive: id,
      place: id,
      as: oneOf('collected_folder', 'phone', 'cloud', 'backup', 'other'),
      found: oneOf('not_checked', 'gone', 'nothing_there', 'still_there', 'not_reached'),
      evidence: digest,
    },
  },
  'archive.milestone_noted': {
    says: 'A day in the history of an archive of recordings was written down.',
    covers: 'none',
    ...OUTSIDE,
    fields: {
      archive: id,
      milestone: id,
      as: oneOf(
        'discovered',
        'access_removed',
        'evidence_secured',
        'ico_told',
        'ipco_told',
        'cps_told',
        'iopc_told',
        'people_told',
        'people_not_told',
        'policy_changed',
        'other',
      ),
      day,
      says: digest,
    },
  },
  'archive.milestone_taken_back': {
    says: 'A day in the history of an archive of recordings was struck out.',
    covers: 'none',
    ...OUTSIDE,
    fields: { archive: id, milestone: id },
  },
  'archive.figure_given': {
    says: 'A figure of an archive of recordings was given by hand.',
    covers: 'none',
    ...OUTSIDE,
    fields: {
      archive: id,
      figure: oneOf('downloads', 'installs', 'trials', 'people_told'),
      value: count,
      source: digest,
    },
  },
} as const satisfies Readonly<Record<string, Kind>>
