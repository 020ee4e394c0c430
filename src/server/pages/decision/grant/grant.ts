import { grantRequest, LONGEST_GRANT, validityFault } from '../../../../actions/index.ts'
import { localTime } from '../../../../records/index.ts'
import { readBritishTime } from '../../../british-time.ts'
import { listScope } from '../../../../scope/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { decidable, outcomeView, reasonErrors, typedReasons } from '../reasons.ts'

/** Days for which a grant is proposed: the officer may give fewer or more. */
const PROPOSED = 14
const DAY = 24 * 60 * 60 * 1000
type Values = Readonly<Record<string, string>>

/** Granting a request: exactly what was asked, for a time, with a reason for each test. */
export const grantRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.decisionGrant,
    who: 'decision.grant',
    about: 'request',
    logs: [],
    handle: (visit) => {
      const { day, month, year } = localTime(visit.now.getTime() + PROPOSED * DAY)
      return page(visit, { day: String(day), month: String(month), year: String(year) }, [])
    },
  },
  {
    method: 'POST',
    path: PATHS.decisionGrant,
    who: 'decision.grant',
    about: 'request',
    logs: ['authorisation.granted', 'authorisation.varied'],
    handle: async (visit) => {
      const found = await decidable(visit)
      if ('redirect' in found) return found
      const reasons = typedReasons(visit)
      const [day, month, year] = [field(visit, 'day'), field(visit, 'month'), field(visit, 'year')]
      // To the end of the day that was typed: its last minute.
      const validUntil = readBritishTime({ day, month, year, time: '23:59' }) ?? new Date(Number.NaN)
      const errors = reasonErrors(reasons)
      const fault = validityFault({ validUntil }, visit.now, found.view.document.instrument?.expires)
      if (fault) errors.push({ field: 'day', text: fault.says.replace(/\.$/, '') })
      if (errors.length > 0) return page(visit, { ...reasons, day, month, year }, errors)
      const id = visit.params['request'] as string
      await grantRequest(visit.service.ops, visit.actor, { requestId: id, ...reasons, validUntil })
      return { redirect: pathTo(PATHS.decisionDone, { request: id }) }
    },
  },
]

async function page(visit: Visit, values: Values, errors: readonly FieldError[]): Promise<Answer> {
  const found = await decidable(visit)
  if ('redirect' in found) return found
  const { view } = found
  return {
    page: 'pages/decision/grant/grant.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Grant the request',
      ...outcomeView(view),
      scope: listScope(view.document.scope ?? [], [], 'uk'),
      longest: LONGEST_GRANT,
      requester: view.requestedBy.name,
      hints: {
        necessity: 'Why it is necessary for the purpose, as you see it.',
        proportionality: 'Why it goes no further than it must, and why nothing gentler would do.',
      },
      button: 'Grant and sign',
      values,
      ...errorsView(errors),
    },
  }
}
