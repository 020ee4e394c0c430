import type { Archive, ArchiveFailure } from '../../../actions/index.ts'

/** What a page calls the state of an archive. */
export const ARCHIVE_STATE_WORDS: Readonly<Record<Archive['state'], { text: string; colour: string }>> = {
  taking_in: { text: 'Being taken in', colour: 'blue' },
  taken_in: { text: 'Taken in', colour: 'turquoise' },
  matching: { text: 'Being matched', colour: 'blue' },
  matched: { text: 'Matched', colour: 'green' },
  closing: { text: 'Being closed', colour: 'blue' },
  closed: { text: 'Closed', colour: 'grey' },
}

/** Why work on an archive stopped, and what somebody can do about it. */
export const ARCHIVE_FAILURE_WORDS: Readonly<Record<ArchiveFailure, readonly [what: string, then: string]>> = {
  COLLECTED_GONE: [
    'The folder in which it was collected is not there.',
    'Have it put back under the same name, then try again.',
  ],
  COLLECTED_CHANGES: [
    'Files in the folder changed while they were copied.',
    'Make sure that nothing writes there any more, then try again.',
  ],
  NO_ROOM: ['The disk is full.', 'Ask whoever runs the service to make room, then try again.'],
  DAMAGED: [
    'Something that was sealed before cannot be opened.',
    'Ask whoever runs the service: it may have to come back from a backup.',
  ],
  NOT_DONE: [
    'It failed three times for a reason that the service does not know.',
    'Ask whoever runs the service to look at its log, then try again.',
  ],
}

/** Of an archive that has failed, whichever state it is in. */
export const FAILED_TAG = { text: 'Stopped', colour: 'red' } as const
