import { liftArchiveHold, liftFaults, readArchiveHolds } from '../../../../../actions/index.ts'
import { errorsFrom, errorsView, field, type FieldError } from '../../../../form.ts'
import { PATHS, pathTo } from '../../../../paths.ts'
import type { Answer, Route, Visit } from '../../../../route.ts'
import { HELD_WORDS } from '../words.ts'

/** Somebody lifts a hold on recordings (law rows D9, E14). */
export const liftHoldRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.archiveHoldLift,
    who: 'archive.lift_hold',
    logs: [],
    handle: (visit) => page(visit, '', []),
  },
  {
    method: 'POST',
    path: PATHS.archiveHoldLift,
    who: 'archive.lift_hold',
    logs: ['archive.hold_lifted'],
    handle: async (visit) => {
      const { service, actor, params } = visit
      const archive = params['archive'] ?? ''
      const reasons = field(visit, 'reasons')
      const errors = errorsFrom(liftFaults(reasons))
      if (errors.length > 0) return page(visit, reasons, errors)
      await liftArchiveHold(service.ops, actor, { archive, hold: params['hold'] ?? '', reasons })
      return { redirect: `${pathTo(PATHS.archiveHolds, { archive })}?done=lifted` }
    },
  },
]

async function page(
  { service, actor, params }: Visit,
  reasons: string,
  errors: readonly FieldError[],
): Promise<Answer> {
  const { archive, holds } = await readArchiveHolds(service.ops, actor, params['archive'] ?? '')
  const back = pathTo(PATHS.archiveHolds, { archive: archive.id })
  const hold = holds.find(({ id, lifted }) => id === params['hold'] && lifted === undefined)
  if (hold === undefined) return { redirect: back }
  return {
    page: 'pages/archive/triage/holds/lift.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Lift a hold',
      caption: archive.title,
      back,
      hold,
      says: HELD_WORDS[hold.on],
      reasons,
      ...errorsView(errors),
    },
  }
}
