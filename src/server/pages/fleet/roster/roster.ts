import { giveRoster, LARGEST_ROSTER, readFleet } from '../../../../actions/index.ts'
import { errorsView, type FieldError } from '../../../form.ts'
import { taken } from '../../../not-taken.ts'
import { PATHS } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'

/** Which role each phone has, and who holds it. */
export const rosterRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.fleetRoster,
    who: 'fleet.import',
    logs: [],
    handle: (visit) => page(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.fleetRoster,
    who: 'fleet.import',
    logs: ['fleet.roster_given'],
    bodyLimit: LARGEST_ROSTER,
    handle: async (visit) => {
      const { service, actor, files } = visit
      const bytes = files.get('roster')?.bytes ?? new Uint8Array()
      const not = await taken(
        () => giveRoster(service.ops, actor, bytes),
        () => 'roster',
      )
      return not === undefined ? { redirect: `${PATHS.fleetRoster}?done=given` } : page(visit, not.errors)
    },
  },
]

async function page({ service: { ops }, query }: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const { roster } = await readFleet(ops)
  return {
    page: 'pages/fleet/roster/roster.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Which role each phone has',
      back: PATHS.fleet,
      backText: 'Phones',
      ...(query['done'] === 'given' && errors.length === 0 && { done: 'It counts from the next import on.' }),
      roster,
      ...errorsView(errors),
    },
  }
}
