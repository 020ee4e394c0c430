import { askListening, listeningFaults, LONGEST_LISTENING_REASON, readBeforeAsking } from '../../../../actions/index.ts'
import { errorsFrom, errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { lengthWords, reasonWords, recordingWords } from '../recording-words.ts'
import { LISTENING_WORDS, NOT_HEARD_WORDS } from './words.ts'

/** Where somebody asks to listen to one recording, with a reason; by default nobody does (law rows E14, E15). */
export const askRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.recordingListen,
    who: 'recording.ask_listen',
    logs: [],
    handle: (visit) => form(visit, '', []),
  },
  {
    method: 'POST',
    path: PATHS.recordingListen,
    who: 'recording.ask_listen',
    logs: ['recording.listening_asked'],
    handle: async (visit) => {
      const { archive, item } = named(visit)
      const reason = field(visit, 'reason')
      const errors = errorsFrom(listeningFaults({ reason }))
      if (errors.length > 0) return form(visit, reason, errors)
      const listening = await askListening(visit.service.ops, visit.actor, { archiveId: archive, itemId: item, reason })
      return { redirect: `${pathTo(PATHS.listening, { archive, listening })}?done=asked` }
    },
  },
]

async function form(visit: Visit, reason: string, errors: readonly FieldError[]): Promise<Answer> {
  const { archive, item } = named(visit)
  const { recording, before } = await readBeforeAsking(visit.service.ops, visit.actor, archive, item)
  const own = before.find(
    ({ askedBy, state }) => askedBy.id === visit.actor.id && (state === 'asked' || state === 'live'),
  )
  if (own !== undefined) return { redirect: pathTo(PATHS.listening, { archive, listening: own.id }) }
  return {
    page: 'pages/archive/listening/ask.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      back: pathTo(PATHS.archive, { archive }),
      backText: recording.archiveTitle,
      title: 'Ask to listen to a recording',
      recording,
      called: recordingWords(recording),
      length: lengthWords(recording.durationMs),
      reasons: reasonWords(recording.codes),
      notHeard: recording.notHeard && NOT_HEARD_WORDS[recording.notHeard],
      before: before.map((one) => ({ ...one, tag: LISTENING_WORDS[one.state] })),
      reason,
      longest: LONGEST_LISTENING_REASON,
      ...errorsView(errors),
    },
  }
}

function named({ params }: Visit): { archive: string; item: string } {
  return { archive: params['archive'] ?? '', item: params['item'] ?? '' }
}
