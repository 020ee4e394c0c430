import { adviceOn, adviseRequest, readRequest } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { captionOf } from '../../request/question.ts'

const LONGEST = 4000

/** Advice on a request, by somebody who does not decide it (law rows H4, H12). */
export const adviseRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.requestAdvise,
    who: 'request.advise',
    about: 'request',
    logs: [],
    handle: (visit) => page(visit, '', []),
  },
  {
    method: 'POST',
    path: PATHS.requestAdvise,
    who: 'request.advise',
    about: 'request',
    logs: ['request.advised'],
    handle: async (visit) => {
      const id = visit.params['request'] as string
      const says = field(visit, 'says')
      if (says === '') return page(visit, says, [{ field: 'says', text: 'Enter what you advise' }])
      if (says.length > LONGEST) return page(visit, says, [{ field: 'says', text: 'Use 4,000 characters or fewer' }])
      await adviseRequest(visit.service.ops, visit.actor, { id, says })
      return { redirect: pathTo(PATHS.decision, { request: id }) }
    },
  },
]

async function page(
  { service: { ops }, actor, params }: Visit,
  says: string,
  errors: readonly FieldError[],
): Promise<Answer> {
  const id = params['request'] as string
  const request = await readRequest(ops, actor, id)
  return {
    page: 'pages/decision/advise/advise.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Advise on this request',
      caption: captionOf(request),
      back: pathTo(PATHS.decision, { request: id }),
      backText: 'Back to the request',
      advice: await adviceOn(ops, id),
      values: { says },
      ...errorsView(errors),
    },
  }
}
