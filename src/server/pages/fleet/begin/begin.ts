import { beginFleetImport, FLEET_SOURCES } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { outcomeOf } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { momentGiven, type When, whenOf } from '../../device/when.ts'
import { SOURCE_WORDS } from '../words.ts'

/** Which system an export is of, and when that was asked. */
export const beginRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.fleetImportNew,
    who: 'fleet.import',
    logs: [],
    handle: async (visit) => page(visit, undefined, []),
  },
  {
    method: 'POST',
    path: PATHS.fleetImportNew,
    who: 'fleet.import',
    logs: [],
    handle: async (visit) => {
      const { service, actor, now } = visit
      const when = whenOf(visit)
      const source = FLEET_SOURCES.find((one) => one === field(visit, 'source'))
      const moment = momentGiven(when, now)
      const errors: FieldError[] = [
        ...(source === undefined ? [{ field: 'source', text: 'Select where the export comes from' }] : []),
        ...('errors' in moment ? moment.errors : []),
      ]
      if (source === undefined || !('at' in moment)) return page(visit, when, errors)
      const { came: id, not } = await outcomeOf(
        () => beginFleetImport(service.ops, actor, { source, at: moment.at }),
        () => (when.when === 'now' ? 'when' : 'when-day'),
      )
      return not === undefined ? { redirect: pathTo(PATHS.fleetImport, { import: id }) } : page(visit, when, not.errors)
    },
  },
]

function page(visit: Visit, when: When | undefined, errors: readonly FieldError[]): Answer {
  return {
    page: 'pages/fleet/begin/begin.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Bring in what phones hold',
      back: PATHS.fleet,
      backText: 'Phones',
      sources: Object.entries(SOURCE_WORDS).map(([value, { text, hint }]) => ({
        value,
        text,
        hint: { text: hint },
        checked: field(visit, 'source') === value,
      })),
      when: when ?? {},
      ...errorsView(errors),
    },
  }
}
