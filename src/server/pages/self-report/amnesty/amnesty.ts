import { amnestyFaults, setAmnesty } from '../../../../actions/index.ts'
import { dayGiven, dayTyped, errorsFrom, errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS } from '../../../paths.ts'
import { linesOf } from '../../../questions.ts'
import type { Answer, Route, Visit } from '../../../route.ts'

/** Promising for a time that reporting an app has no consequences by itself (law row E11). */
export const amnestyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.amnesty,
    who: 'app.manage',
    logs: [],
    handle: async (visit) => page(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.amnesty,
    who: 'app.manage',
    logs: ['amnesty.set'],
    handle: async (visit) => {
      const told = {
        from: dayGiven(visit, 'from'),
        until: dayGiven(visit, 'until'),
        apps: linesOf(field(visit, 'apps')),
      }
      const errors = errorsFrom(amnestyFaults(told), (fault) => (fault === 'apps' ? fault : `${fault}-day`))
      if (errors.length > 0) return page(visit, errors)
      await setAmnesty(visit.service.ops, visit.actor, told)
      return { redirect: PATHS.appReports }
    },
  },
]

function page(visit: Visit, errors: readonly FieldError[]): Answer {
  return {
    page: 'pages/self-report/amnesty/amnesty.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Promise about reporting apps',
      back: PATHS.appReports,
      backText: 'Apps that staff reported',
      from: dayTyped(visit, 'from'),
      until: dayTyped(visit, 'until'),
      apps: field(visit, 'apps'),
      ...errorsView(errors),
    },
  }
}
