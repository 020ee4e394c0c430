import { refuseRequest, returnRequest } from '../../../../actions/index.ts'
import { errorsView, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { decidable, outcomeView, reasonErrors, typedReasons } from '../reasons.ts'

const OUTCOMES = {
  refuse: {
    path: PATHS.decisionRefuse,
    act: refuseRequest,
    who: 'decision.refuse',
    logs: 'authorisation.refused',
    title: 'Refuse the request',
    button: 'Refuse the request',
    says: 'Nothing is taken. The requester sees your reasons, and may make a new version.',
    hints: {
      necessity: 'Whether it is necessary, and why not. Where that test is met, say so.',
      proportionality: 'Whether it is proportionate, and why not.',
    },
  },
  return: {
    path: PATHS.decisionReturn,
    act: returnRequest,
    who: 'decision.return',
    logs: 'authorisation.returned',
    title: 'Return the request for more',
    button: 'Return the request',
    says: 'The requester sees what you write here, adds to the request and sends it again. What the notice said cannot be changed: that takes a new version.',
    hints: {
      necessity: 'What is missing for you to say that it is necessary. Where nothing is, say so.',
      proportionality: 'What is missing for you to say that it is proportionate.',
    },
  },
} as const
type Outcome = (typeof OUTCOMES)[keyof typeof OUTCOMES]

/** Refusing a request, or returning it: each a page of its own, with a reason for each test. */
export const turnDownRoutes: readonly Route[] = Object.values(OUTCOMES).flatMap((outcome): Route[] => [
  {
    method: 'GET',
    path: outcome.path,
    who: outcome.who,
    about: 'request',
    logs: [],
    handle: (visit) => page(visit, outcome, {}, []),
  },
  {
    method: 'POST',
    path: outcome.path,
    who: outcome.who,
    about: 'request',
    logs: [outcome.logs],
    handle: async (visit) => {
      const found = await decidable(visit)
      if ('redirect' in found) return found
      const reasons = typedReasons(visit)
      const errors = reasonErrors(reasons)
      if (errors.length > 0) return page(visit, outcome, { ...reasons }, errors)
      const id = visit.params['request'] as string
      await outcome.act(visit.service.ops, visit.actor, { requestId: id, ...reasons })
      return { redirect: pathTo(PATHS.decisionDone, { request: id }) }
    },
  },
])

async function page(
  visit: Visit,
  { title, button, says, hints }: Outcome,
  values: Readonly<Record<string, string>>,
  errors: readonly FieldError[],
): Promise<Answer> {
  const found = await decidable(visit)
  if ('redirect' in found) return found
  return {
    page: 'pages/decision/turn-down/turn-down.njk',
    status: errors.length > 0 ? 422 : 200,
    view: { title, button, says, hints, ...outcomeView(found.view), values, ...errorsView(errors) },
  }
}
