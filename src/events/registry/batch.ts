import { count, digest, flag, id, maybe, tally } from '../field.ts'
import { type Kind, OUTSIDE } from '../kind.ts'

const BATCH = { archive: id, batch: id, root: digest } as const

/** Batches of recordings that are to be destroyed, and were (law rows E14, H14). What is in one is named by its root alone. */
export const BATCH_EVENTS = {
  'batch.proposed': {
    says: 'The destruction of recordings was proposed.',
    covers: 'alteration',
    ...OUTSIDE,
    fields: { ...BATCH, items: count, bytes: count, approvals: count, sample: maybe(id), reasons: digest },
  },
  'batch.approved': {
    says: 'The destruction of recordings was approved by somebody else than who proposed it.',
    covers: 'alteration',
    ...OUTSIDE,
    fields: { ...BATCH, proposed_by: id, approvals: count, needed: count },
  },
  'batch.refused': {
    says: 'The destruction of recordings was refused.',
    covers: 'alteration',
    ...OUTSIDE,
    fields: { ...BATCH, proposed_by: id, reasons: digest },
  },
  'batch.stopped': {
    says: 'Recordings that were to be destroyed were not: something spoke against it when they were matched again.',
    covers: 'alteration',
    ...OUTSIDE,
    fields: { ...BATCH, why: tally, pulled: count },
  },
  'batch.destroyed': {
    says: 'Recordings were destroyed: their keys are gone, and their files are not there.',
    covers: 'erasure',
    ...OUTSIDE,
    fields: {
      ...BATCH,
      items: count,
      bytes: count,
      generation: count,
      epoch_before: count,
      epoch_after: count,
      files_absent: count,
      opens_no_longer: flag,
    },
  },
  'batch.certified': {
    says: 'A certificate of the destruction of recordings was made and signed.',
    covers: 'alteration',
    ...OUTSIDE,
    fields: { ...BATCH, certificate: digest },
  },
} as const satisfies Readonly<Record<string, Kind>>
