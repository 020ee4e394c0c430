import { measureFaults, withMeasure, withoutMeasure } from '../../../../apps/index.ts'
import { errorsFrom, field } from '../../../form.ts'
import type { NotTaken } from '../../../not-taken.ts'
import { PATHS } from '../../../paths.ts'
import { answersOf, type Question, questionsPage } from '../../../questions.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { back, fileOf, frame, removal, save } from './saving.ts'

const MEASURE: readonly Question[] = [
  { ask: 'line', name: 'title', label: 'What is the measure called?' },
  { ask: 'text', name: 'says', label: 'What is done?' },
]

/** Measures of an assessment are written one by one (law row C25). */
export const measuresRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.dpiaMeasure, who: 'dpia.write', logs: [], handle: (visit) => measurePage(visit) },
  {
    method: 'POST',
    path: PATHS.dpiaMeasure,
    who: 'dpia.write',
    logs: ['dpia.written'],
    handle: async (visit) => {
      const { row } = await fileOf(visit)
      const at = placeOf(visit)
      const measure = { title: field(visit, 'title'), says: field(visit, 'says') }
      const errors = errorsFrom(measureFaults(row.document, at, measure))
      if (errors.length > 0) return measurePage(visit, { errors })
      return save(
        visit,
        'measure',
        (dpia) => withMeasure(dpia, at, measure),
        (not) => measurePage(visit, not),
      )
    },
  },
  {
    method: 'POST',
    path: PATHS.dpiaMeasureRemove,
    formOn: PATHS.dpiaMeasure,
    who: 'dpia.write',
    logs: ['dpia.written'],
    handle: (visit) =>
      save(
        visit,
        'measure',
        (dpia) => withoutMeasure(dpia, placeOf(visit)),
        (not) => measurePage(visit, not),
      ),
  },
]

/** Where in the list the measure stands; no number for a new one. */
function placeOf({ params }: Visit): number {
  return Number(params['measure']) - 1
}

async function measurePage(visit: Visit, notTaken?: NotTaken): Promise<Answer> {
  const file = await fileOf(visit)
  const isNew = visit.params['measure'] === 'new'
  const measure = file.row.document.measures[placeOf(visit)]
  if (measure === undefined && !isNew) return back(visit)
  return questionsPage(
    {
      ...frame(file),
      title: isNew ? 'Add a measure' : 'A measure',
      questions: MEASURE,
      answers: notTaken === undefined ? { ...measure } : answersOf(visit, MEASURE),
      template: 'pages/dpia/write/one-of-a-list.njk',
      more: removal(visit, isNew ? undefined : PATHS.dpiaMeasureRemove, 'Take this measure out'),
    },
    notTaken,
  )
}
