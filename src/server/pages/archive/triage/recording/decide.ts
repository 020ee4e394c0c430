import {
  ActionError,
  decideRecording,
  recordingDecisionFaults,
  seeRecording,
  type SeenRecording,
  staysBy,
} from '../../../../../actions/index.ts'
import { needsPrivilegedRoute } from '../../../../../recordings/index.ts'
import { errorsFrom, errorsView, field, type FieldError } from '../../../../form.ts'
import { PATHS, pathTo } from '../../../../paths.ts'
import type { Answer, Route, Visit } from '../../../../route.ts'
import { reasonWords } from '../../recording-words.ts'

/** The disclosure officer decides what becomes of one recording (law rows E14, E15). */
export const decideRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.recordingDecide,
    who: 'recording.decide',
    logs: ['recording.seen'],
    handle: (visit) => page(visit, { outcome: '', reasons: '', route: false }, []),
  },
  {
    method: 'POST',
    path: PATHS.recordingDecide,
    who: 'recording.decide',
    logs: ['recording.decided', 'archive.hold_set'],
    handle: async (visit) => {
      const { service, actor } = visit
      const at = placeOf(visit)
      const values = {
        outcome: field(visit, 'outcome'),
        reasons: field(visit, 'reasons'),
        route: field(visit, 'privilegedRoute') === 'yes',
      }
      const seen = field(visit, 'seen')
      const input = { outcome: values.outcome, reasons: values.reasons, privilegedRoute: values.route }
      const errors = errorsFrom(recordingDecisionFaults(input, seen.split(' ')))
      if (errors.length > 0) return page(visit, values, errors)
      await decideRecording(service.ops, actor, at, { ...input, seen })
      const done = values.outcome === 'hold' ? 'held' : 'released'
      return { redirect: `${pathTo(PATHS.recording, { archive: at.archive, item: at.recording })}?done=${done}` }
    },
  },
]

interface Values {
  readonly outcome: string
  readonly reasons: string
  readonly route: boolean
}

async function page(visit: Visit, values: Values, errors: readonly FieldError[]): Promise<Answer> {
  const at = placeOf(visit)
  const seen = await seeRecording(visit.service.ops, visit.actor, at)
  if (seen.state !== 'held' || seen.follows !== null || seen.class === null)
    throw new ActionError(
      'NOT_NOW',
      'NOTHING_TO_DECIDE',
      'there is nothing to decide on this recording',
      'look at it again',
    )
  return {
    page: 'pages/archive/triage/recording/decide.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Decide on a recording',
      back: pathTo(PATHS.recording, { archive: at.archive, item: at.recording }),
      archiveTitle: seen.archive.title,
      reasons: reasonWords(seen.codes),
      shown: seen.codes.join(' '),
      ...choicesOf(seen),
      values,
      ...errorsView(errors),
    },
  }
}

/** Whether it may be released, else by what it stays; and whether the route for privileged material comes first. */
function choicesOf({ codes }: SeenRecording) {
  return {
    isFree: codes.includes('no_tie') || codes.includes('released'),
    stays: reasonWords(staysBy(codes)),
    needsRoute: codes.some(needsPrivilegedRoute),
  }
}

function placeOf({ params }: Visit): { archive: string; recording: string } {
  return { archive: params['archive'] ?? '', recording: params['item'] ?? '' }
}
