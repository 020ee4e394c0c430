import type { ExtractionState, StopReason } from '../../../store/index.ts'

/** Where an extraction stands, in a word or two, and the colour of its tag. */
export const STATE_WORDS: Readonly<Record<ExtractionState, { readonly text: string; readonly colour: string }>> = {
  queued: { text: 'Waiting to start', colour: 'grey' },
  running: { text: 'Running', colour: 'blue' },
  sealed: { text: 'Done', colour: 'green' },
  failed: { text: 'Failed', colour: 'red' },
  cancelled: { text: 'Stopped', colour: 'yellow' },
  withdrawn: { text: 'Agreement withdrawn', colour: 'purple' },
  expired: { text: 'Ran out', colour: 'yellow' },
  looking: { text: 'Being looked at', colour: 'blue' },
  recorded: { text: 'Looked at by hand', colour: 'green' },
}

export const STOP_WORDS: Readonly<Record<StopReason, string>> = {
  person: 'Somebody stopped it.',
  'agreement-withdrawn': 'The device user changed their mind.',
  'authorisation-expired': 'The authorisation ran out.',
  'authorisation-ended': 'The authorisation was ended.',
  'service-stopped': 'The service was stopped.',
}

/** What may go wrong, and what to do next. */
const FAILURES: Readonly<Record<string, readonly [what: string, next: string]>> = {
  WRONG_DEVICE: [
    'This is another device than the one authorised.',
    'Compare it with the exhibit. Nothing was taken from it.',
  ],
  DEVICE_UNKNOWN: [
    'The source does not say which device it came from, and the authorisation names one.',
    'Use a source that names its device, or ask for a new version of the request that identifies it by its exhibit alone.',
  ],
  NOT_RECOGNISED: ['This is no source that can be read here.', 'Check which file was handed in.'],
  NOT_SUPPORTED: [
    'This kind of source cannot be read here.',
    'An iPhone backup must be given as a folder, at the kiosk.',
  ],
  PASSWORD_NEEDED: ['The source is encrypted.', 'Start again with its password.'],
  PASSWORD_WRONG: ['The password is not right.', 'Start again with the right one.'],
  DAMAGED: ['The source is damaged.', 'Make a new copy of the phone.'],
  UNREADABLE: ['The source could not be read.', 'Check the disk, and start again.'],
  NOT_FOUND: ['The source is no longer there.', 'Check the kiosk, and start again.'],
  SOURCE_GONE: ['What was handed in is no longer there.', 'Hand it in again.'],
  KIOSK: ['The source is no longer at the kiosk.', 'Check the kiosk, and start again.'],
  TOO_LARGE: ['The source does not fit the working space.', 'Ask whoever runs the service to make room.'],
  NO_SPACE: ['The disk is full.', 'Ask whoever runs the service to make room, then start again.'],
  NOT_WHOLE: [
    'Not every recording could be read as it was taken in.',
    'Nothing was kept, and nothing is lost: the archive holds what it held. Tell whoever runs the service.',
  ],
  CHECK_FAILED: [
    'The finished extract did not pass its check.',
    'It was destroyed. Tell whoever runs the service, and start again.',
  ],
  WORKER_ENDED: [
    'The machine that ran it was ended, several times.',
    'Tell whoever runs the service, and start again.',
  ],
}

export function failureWords(code: string): readonly [string, string] {
  return FAILURES[code] ?? ['Something stood in the way.', `Tell whoever runs the service. The reason is ${code}.`]
}

/** Why a record was left, for readers who do not know the format. */
export const LEFT_WORDS: Readonly<Record<string, string>> = {
  app: 'in another app',
  time: 'outside the dates',
  no_time: 'without a usable date',
  party: 'with other people',
  no_party: 'with nobody named',
  place: 'somewhere else',
  no_place: 'without a place',
  keyword: 'without the words asked for',
  no_text: 'without any text',
  deleted: 'deleted by the user',
  unreadable: 'could not be read',
}

/** What each check of the finished extract looked at. */
export const CHECK_WORDS: Readonly<Record<string, string>> = {
  finished: 'The extraction came to its end',
  manifest: 'The list of what was done is in order',
  signature: 'The list is signed',
  signer: 'The key that signed it is the service’s',
  contents: 'Each file is the one that was signed for',
  'nothing added': 'No file was added',
  counts: 'What was taken and what was left add up',
  'sealed anew': 'Each time it was sealed anew follows from the one before',
  opens: 'It opens with its own key',
  database: 'Its database is undamaged',
  authorisation: 'The authorisation inside is the one that was granted',
  'two signatures': 'Two people signed the authorisation',
  records: 'Each record is as it was sealed',
  root: 'The records are those that were signed for',
  'counts of records': 'There are as many records as were counted',
  scope: 'Each record is within what was authorised',
  'media of records': 'Each picture or file belongs to a record',
  'files taken': 'The list of files is the one that was signed',
  media: 'Each picture or file opens and is as it was sealed',
}

/** The same text, beginning with a capital. */
export function capital(text: string): string {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`
}
