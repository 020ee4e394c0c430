import { code, count, digest, flag, id, maybe, oneOf, tally, version } from '../field.ts'
import type { Kind } from '../kind.ts'

/** Taking information from a device (law rows B21, B26; C-LOG, collection). */
export const EXTRACTION_EVENTS = {
  'source.received': {
    says: 'A source was handed in, sealed before it touched a disk.',
    covers: 'collection',
    inCase: 'always',
    under: 'granted',
    fields: { upload: id, bytes: count },
  },
  'source.destroyed': {
    says: 'A source that was handed in was destroyed, and its key with it.',
    covers: 'erasure',
    inCase: 'always',
    under: 'granted',
    fields: { upload: id, extracted: flag },
  },
  'extraction.started': {
    says: 'An extraction was started.',
    covers: 'collection',
    inCase: 'always',
    under: 'live',
    fields: {
      extraction: id,
      device: id,
      authorisation: digest,
      authorised_by: id,
      source: oneOf('upload', 'folder', 'archive'),
      tool: version,
      commit: version,
    },
  },
  'extraction.finished': {
    says: 'The extraction was finished.',
    covers: 'collection',
    inCase: 'always',
    under: 'live',
    fields: {
      extraction: id,
      extract: id,
      authorisation: digest,
      manifest: digest,
      root: digest,
      files_opened: count,
      files_not_opened: count,
      files_missing: count,
      taken: tally,
      left: tally,
      problems: count,
    },
  },
  'extraction.failed': {
    says: 'The extraction failed and left nothing.',
    covers: 'collection',
    inCase: 'always',
    under: 'granted',
    fields: { extraction: id, code },
  },
  'extraction.cancelled': {
    says: 'The extraction was stopped and left nothing.',
    covers: 'collection',
    inCase: 'always',
    under: 'granted',
    fields: {
      extraction: id,
      because: oneOf(
        'person',
        'agreement-withdrawn',
        'authorisation-expired',
        'authorisation-ended',
        'service-stopped',
      ),
    },
  },
  'extraction.called_off': {
    says: 'An extraction that waited was called off: nothing was begun.',
    covers: 'collection',
    inCase: 'always',
    under: 'granted',
    fields: {
      extraction: id,
      because: oneOf('person', 'agreement-withdrawn', 'authorisation-expired', 'authorisation-ended'),
    },
  },
  'receipt.given': {
    says: 'The device user was given the receipt.',
    covers: 'disclosure',
    inCase: 'always',
    under: 'granted',
    fields: { extraction: id, receipt: digest, manner: oneOf('paper', 'screen', 'post') },
  },
  'receipt.seen': {
    says: 'The device user’s page was opened with the code on the receipt.',
    covers: 'disclosure',
    inCase: 'always',
    under: 'granted',
    fields: { extraction: id, receipt: digest },
  },
  'key.granted': {
    says: 'The key of an extract was given to somebody, for as long as they have it open.',
    covers: 'consultation',
    inCase: 'always',
    under: 'granted',
    fields: { extract: id, to: id, session: id, epoch: maybe(count) },
  },
} as const satisfies Readonly<Record<string, Kind>>
