import {
  decideListening,
  endListening,
  type HeardSeconds,
  LISTENING_MINUTES,
  type ListeningDecision,
  listeningDecisionFaults,
  readListening,
} from '../../../../actions/index.ts'
import { errorsFrom, errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { lengthWords, reasonWords, recordingWords } from '../recording-words.ts'
import { playedAs } from './playing.ts'
import { clockWords, LISTENING_WORDS, NOT_HEARD_WORDS } from './words.ts'

const NOTHING: ListeningDecision = { outcome: '', refusedBecause: '' }
const DONE: Readonly<Record<string, string>> = {
  asked: 'Your request is sent. An information asset owner decides on it.',
  allowed: `It is allowed. Whoever asked may listen for ${LISTENING_MINUTES} minutes.`,
  refused: 'It is refused. Whoever asked sees why.',
  ended: 'It is ended. Nothing more is sent.',
}

/** One wish to listen: its decision, the sound for whoever may hear it, and every second that was sent (law rows E14, E15). */
export const listeningRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.listening,
    // Two acts meet on this page, of two people: which of them it is, each act asks for itself.
    who: 'archive.see',
    stepUp: true,
    logs: [],
    handle: (visit) => page(visit, NOTHING, []),
  },
  {
    method: 'POST',
    path: PATHS.listeningDecide,
    who: 'archive.see',
    stepUp: true,
    formOn: PATHS.listening,
    logs: ['recording.listening_decided'],
    handle: async (visit) => {
      const given = { outcome: field(visit, 'outcome'), refusedBecause: field(visit, 'refusedBecause') }
      const errors = errorsFrom(listeningDecisionFaults(given))
      if (errors.length > 0) return page(visit, given, errors)
      await decideListening(visit.service.ops, visit.actor, { ...ids(visit), ...given })
      return { redirect: `${address(visit)}?done=${given.outcome}` }
    },
  },
  {
    method: 'POST',
    path: PATHS.listeningEnd,
    who: 'archive.see',
    formOn: PATHS.listening,
    logs: ['recording.listening_ended'],
    handle: async (visit) => {
      await endListening(visit.service.ops, visit.actor, ids(visit))
      return { redirect: `${address(visit)}?done=ended` }
    },
  },
]

async function page(visit: Visit, given: ListeningDecision, errors: readonly FieldError[]): Promise<Answer> {
  const { service, actor, query } = visit
  const { archiveId, id } = ids(visit)
  const { listening, recording, heard, decides, isOwn } = await readListening(service.ops, actor, archiveId, id)
  const named = { archive: archiveId, listening: id }
  const { state } = listening
  const hears = isOwn && state === 'live' && recording !== undefined && recording.notHeard === undefined
  const played = recording && playedAs(recording.container, recording.codec)
  return {
    page: 'pages/archive/listening/listening.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      back: pathTo(PATHS.archive, { archive: archiveId }),
      backText: recording?.archiveTitle ?? 'The archive',
      title: decides ? 'May this recording be listened to?' : 'Listening to a recording',
      done: DONE[query['done'] ?? ''],
      listening,
      tag: LISTENING_WORDS[state],
      recording,
      called: recording && recordingWords(recording),
      length: recording && lengthWords(recording.durationMs),
      reasons: recording && reasonWords(recording.codes),
      notHeard: recording?.notHeard && NOT_HEARD_WORDS[recording.notHeard],
      isOwn,
      sound: hears && played !== undefined ? pathTo(PATHS.listeningSound, named) : undefined,
      file: hears && played === undefined ? pathTo(PATHS.listeningFile, named) : undefined,
      end: state === 'live' || (isOwn && state === 'asked') ? pathTo(PATHS.listeningEnd, named) : undefined,
      decide: decides ? pathTo(PATHS.listeningDecide, named) : undefined,
      minutes: LISTENING_MINUTES,
      given,
      heard: heard.map(heardRow),
      ...errorsView(errors),
    },
  }
}

function heardRow({ at, as, fromS, toS }: HeardSeconds) {
  const says = toS === 0 ? 'Of unknown length' : `${clockWords(fromS)} to ${clockWords(toS)}`
  return { at, says: as === 'file' ? `Saved as a file: ${says}` : says }
}

function ids({ params }: Visit): { archiveId: string; id: string } {
  return { archiveId: params['archive'] ?? '', id: params['listening'] ?? '' }
}

function address(visit: Visit): string {
  const { archiveId, id } = ids(visit)
  return pathTo(PATHS.listening, { archive: archiveId, listening: id })
}
