import { decideJournalistic, isJournalistic, journalisticFaults } from '../../../../actions/index.ts'
import { errorsFrom, errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { decidable, outcomeView } from '../reasons.ts'

/** Whether confidential journalistic material may be taken: a senior officer's decision of its own, before the request can be granted (law row G2). */
export const journalisticRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.decisionJournalistic,
    who: 'decision.journalistic',
    about: 'request',
    logs: [],
    handle: (visit) => page(visit, {}, []),
  },
  {
    method: 'POST',
    path: PATHS.decisionJournalistic,
    who: 'decision.journalistic',
    about: 'request',
    logs: ['authorisation.journalistic_decided'],
    handle: async (visit) => {
      const values = {
        outcome: field(visit, 'outcome'),
        reasons: field(visit, 'reasons'),
        sources: field(visit, 'sources'),
      }
      const outcome = (['allowed', 'refused'] as const).find((one) => one === values.outcome)
      const errors: FieldError[] = [
        ...(outcome === undefined ? [{ field: 'outcome', text: 'Select whether it may be taken' }] : []),
        ...errorsFrom(journalisticFaults(values)),
      ]
      if (outcome === undefined || errors.length > 0) return page(visit, values, errors)
      const id = visit.params['request'] as string
      await decideJournalistic(visit.service.ops, visit.actor, { requestId: id, ...values, outcome })
      return { redirect: pathTo(PATHS.decision, { request: id }) }
    },
  },
]

async function page(
  visit: Visit,
  values: Readonly<Record<string, string>>,
  errors: readonly FieldError[],
): Promise<Answer> {
  const found = await decidable(visit)
  if ('redirect' in found) return found
  const { view } = found
  if (!isJournalistic(view)) return { redirect: pathTo(PATHS.decision, { request: view.id }) }
  return {
    page: 'pages/decision/journalistic/journalistic.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Decide on journalistic material',
      ...outcomeView(view),
      confidential: view.document.confidential_information,
      values,
      ...errorsView(errors),
    },
  }
}
