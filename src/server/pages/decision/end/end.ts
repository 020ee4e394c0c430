import { END_REASONS, endAuthorisation, type EndReason, readDecision } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { captionOf } from '../../request/question.ts'

const WORDS: Readonly<Record<EndReason, string>> = {
  'no-longer-necessary': 'It is no longer necessary',
  mistake: 'It was granted by mistake',
  other: 'Another reason',
}

/** Ending an authorisation before its time. */
export const endRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.decisionEnd,
    who: 'decision.end',
    about: 'request',
    logs: [],
    handle: (visit) => page(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.decisionEnd,
    who: 'decision.end',
    about: 'request',
    logs: ['authorisation.withdrawn'],
    handle: async (visit) => {
      const because = END_REASONS.find((one) => one === field(visit, 'because'))
      if (because === undefined) return page(visit, [{ field: 'because', text: 'Select why it ends' }])
      const id = visit.params['request'] as string
      await endAuthorisation(visit.service.ops, visit.actor, { requestId: id, because })
      return { redirect: pathTo(PATHS.decision, { request: id }) }
    },
  },
]

async function page(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const id = visit.params['request'] as string
  const view = await readDecision(visit.service.ops, visit.actor, id)
  if (view.status !== 'granted') return { redirect: pathTo(PATHS.decision, { request: id }) }
  return {
    page: 'pages/decision/end/end.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'End this authorisation',
      caption: captionOf(view),
      back: pathTo(PATHS.decision, { request: id }),
      reasons: END_REASONS.map((value) => ({ value, text: WORDS[value] })),
      ...errorsView(errors),
    },
  }
}
