import type { ListedRecording } from '../../../../actions/index.ts'
import { lengthWords, reasonWords, recordingWords } from '../recording-words.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import { tagOf } from './words.ts'

const CONTAINERS: Readonly<Record<string, string>> = {
  whole: '',
  damaged: 'damaged',
  empty: 'empty',
  not_recognised: 'not a known kind',
}

/** Recordings as lists show them: the phone as it is counted, the month, the length, the reasons in sentences. No number and no name. */
export function recordingRows(archive: string, recordings: readonly ListedRecording[], now: Date) {
  return recordings.map(({ id, class: found, codes, deadline, likelyCopies, call }) => ({
    href: pathTo(PATHS.recording, { archive, item: id }),
    text: call === undefined ? 'A protected recording' : recordingWords(call),
    facts:
      call === undefined
        ? 'Only the disclosure officer sees what is known of it.'
        : [
            call.durationMs === null ? 'Length not known' : lengthWords(call.durationMs),
            call.container ? `${call.container.toUpperCase()} file` : '',
            CONTAINERS[call.audio] ?? '',
            likelyCopies > 1 ? `${likelyCopies - 1} likely ${likelyCopies === 2 ? 'copy' : 'copies'}` : '',
          ]
            .filter((part) => part !== '')
            .join(' · '),
    tag: tagOf(found, codes),
    reasons: reasonWords(codes),
    deadline,
    isOverdue: deadline !== null && deadline < now,
  }))
}
