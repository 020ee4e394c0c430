import { FIND_KINDS, findFaults, LONGEST_FIND, reportFind } from '../../../../actions/index.ts'
import { errorsFrom, errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { frame, reading } from '../../review/reading.ts'
import { FIND_KIND_WORDS } from '../words.ts'

const NOTHING = { kind: '', says: '', reasons: '' }

/** Where whoever reads says that something else came to light: the reading stops with it (law row G15). */
export const reportRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.findReport,
    who: 'find.report',
    about: 'extraction',
    logs: [],
    handle: (visit) => form(visit, NOTHING, []),
  },
  {
    method: 'POST',
    path: PATHS.findReport,
    who: 'find.report',
    about: 'extraction',
    logs: ['find.reported', 'extract.closed'],
    handle: async (visit) => {
      const { service, actor, params } = visit
      const extraction = params['extraction'] ?? ''
      const given = { kind: field(visit, 'kind'), says: field(visit, 'says'), reasons: field(visit, 'reasons') }
      const errors = errorsFrom(findFaults(given))
      if (errors.length > 0) return form(visit, given, errors)
      // Whoever has it not open is led to where they open it, before anything is reported.
      return reading(visit, 'main', async () => {
        const find = await reportFind(service.ops, actor, { extraction, ...given })
        return { redirect: `${pathTo(PATHS.find, { extraction, find })}?done=reported` }
      })
    },
  },
]

function form(visit: Visit, given: typeof NOTHING, errors: readonly FieldError[]): Promise<Answer> {
  return reading(visit, 'main', async (open) => ({
    page: 'pages/find/report/report.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      ...frame(visit, open),
      title: 'Something else came to light',
      kinds: FIND_KINDS.map((value) => ({ value, text: FIND_KIND_WORDS[value], checked: value === given.kind })),
      given,
      longest: LONGEST_FIND,
      ...errorsView(errors),
    },
  }))
}
