import { proposeDestruction, readOneHeld } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'

/** The first of two people proposes a destruction. */
export const proposeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.holdingPropose,
    who: 'destruction.propose',
    about: 'extraction',
    logs: [],
    handle: (visit) => show(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.holdingPropose,
    who: 'destruction.propose',
    about: 'extraction',
    logs: ['destruction.proposed'],
    handle: async (visit) => {
      const { service, actor, params } = visit
      const reason = field(visit, 'reason')
      if (reason === '') return show(visit, [{ field: 'reason', text: 'Enter why it is to be destroyed' }])
      const destruction = await proposeDestruction(service.ops, actor, {
        extraction: params['extraction'] ?? '',
        reason,
      })
      return { redirect: pathTo(PATHS.destruction, { destruction }) }
    },
  },
]

async function show(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const { service, actor, params } = visit
  const held = await readOneHeld(service.ops, actor, params['extraction'] ?? '')
  return {
    page: 'pages/retention/propose/propose.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: `Propose the destruction of ${held.exhibit} in ${held.caseReference}`,
      back: pathTo(PATHS.holding, { extraction: held.extraction }),
      held,
      reason: field(visit, 'reason'),
      ...errorsView(errors),
    },
  }
}
