import { proposeDestruction } from '../../../../actions/index.ts'
import { field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { actOnHolding, extractionOf, holdingPage, missing } from '../holding-page.ts'

/** The first of two people proposes a destruction. */
export const proposeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.holdingPropose,
    who: 'destruction.propose',
    about: 'extraction',
    logs: [],
    handle: (visit) => show(visit),
  },
  {
    method: 'POST',
    path: PATHS.holdingPropose,
    who: 'destruction.propose',
    about: 'extraction',
    logs: ['destruction.proposed'],
    handle: (visit) => {
      const reason = field(visit, 'reason')
      return actOnHolding(visit, {
        errors: missing(reason, 'reason', 'Enter why it is to be destroyed'),
        show: (errors) => show(visit, errors),
        act: async () => {
          const what = { extraction: extractionOf(visit), reason }
          const destruction = await proposeDestruction(visit.service.ops, visit.actor, what)
          return `${pathTo(PATHS.destruction, { destruction })}?done=proposed`
        },
      })
    },
  },
]

function show(visit: Visit, errors?: readonly FieldError[]): Promise<Answer> {
  return holdingPage(
    visit,
    {
      page: 'pages/retention/propose/propose.njk',
      title: (held) => `Propose the destruction of ${held.exhibit} in ${held.caseReference}`,
      view: (held) => ({ held, reason: field(visit, 'reason') }),
    },
    errors,
  )
}
