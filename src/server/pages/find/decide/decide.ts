import { decideFind, FIND_OUTCOMES, findDecisionFaults, readFind } from '../../../../actions/index.ts'
import { errorsFrom, errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { about, named } from '../show/show.ts'
import { FIND_OUTCOME_WORDS } from '../words.ts'

const NOTHING = { outcome: '', reasons: '', passTo: '' }

/** Where an authorising officer decides what follows; never whoever reported it (law row G15). */
export const decideRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.findDecide,
    who: 'find.decide',
    about: 'extraction',
    logs: [],
    handle: (visit) => form(visit, NOTHING, []),
  },
  {
    method: 'POST',
    path: PATHS.findDecide,
    who: 'find.decide',
    about: 'extraction',
    logs: ['find.decided'],
    handle: async (visit) => {
      const given = {
        outcome: field(visit, 'outcome'),
        reasons: field(visit, 'reasons'),
        passTo: field(visit, 'passTo'),
      }
      const errors = errorsFrom(findDecisionFaults(given))
      if (errors.length > 0) return form(visit, given, errors)
      await decideFind(visit.service.ops, visit.actor, { ...named(visit), ...given })
      return { redirect: `${pathTo(PATHS.find, named(visit))}?done=decided` }
    },
  },
]

async function form(visit: Visit, given: typeof NOTHING, errors: readonly FieldError[]): Promise<Answer> {
  const found = await readFind(visit.service.ops, visit.actor, named(visit))
  if (found.decision !== undefined) return { redirect: pathTo(PATHS.find, named(visit)) }
  return {
    page: 'pages/find/decide/decide.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      ...about(found),
      title: 'Decide what follows',
      outcomes: FIND_OUTCOMES.map((value) => ({
        value,
        text: FIND_OUTCOME_WORDS[value].text,
        hint: { text: FIND_OUTCOME_WORDS[value].hint },
        checked: value === given.outcome,
      })),
      given,
      ...errorsView(errors),
    },
  }
}
