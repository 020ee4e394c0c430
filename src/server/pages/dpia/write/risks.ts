import { freeRiskId, withoutRisk, withRisk } from '../../../../apps/index.ts'
import type { NotTaken } from '../../../not-taken.ts'
import { PATHS } from '../../../paths.ts'
import { type Answers, answersOf, questionsPage } from '../../../questions.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { riskAnswers, riskGiven, riskQuestions } from './risk.ts'
import { back, fileOf, frame, removal, save } from './saving.ts'

/** Risks of an assessment are written one by one (law row C25). */
export const risksRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.dpiaRisk, who: 'dpia.write', logs: [], handle: (visit) => riskPage(visit) },
  {
    method: 'POST',
    path: PATHS.dpiaRisk,
    who: 'dpia.write',
    logs: ['dpia.written'],
    handle: async (visit) => {
      const { row } = await fileOf(visit)
      const id = visit.params['risk'] === 'new' ? freeRiskId(row.document) : (visit.params['risk'] ?? '')
      const given = answersOf(visit, riskQuestions(row.document))
      const { risk, errors } = riskGiven(id, given)
      if (errors.length > 0) return riskPage(visit, { errors }, given)
      return save(
        visit,
        'risk',
        (dpia) => withRisk(dpia, risk),
        (not) => riskPage(visit, not, given),
      )
    },
  },
  {
    method: 'POST',
    path: PATHS.dpiaRiskRemove,
    formOn: PATHS.dpiaRisk,
    who: 'dpia.write',
    logs: ['dpia.written'],
    handle: (visit) =>
      save(
        visit,
        'risk',
        (dpia) => withoutRisk(dpia, visit.params['risk'] ?? ''),
        (not) => riskPage(visit, not),
      ),
  },
]

async function riskPage(visit: Visit, notTaken?: NotTaken, given?: Answers): Promise<Answer> {
  const file = await fileOf(visit)
  const { document } = file.row
  const risk = document.risks.find(({ id }) => id === visit.params['risk'])
  const isNew = visit.params['risk'] === 'new'
  if (risk === undefined && !isNew) return back(visit)
  return questionsPage(
    {
      ...frame(file),
      title: isNew ? 'Add a risk' : 'A risk',
      questions: riskQuestions(document),
      answers: given ?? (risk ? riskAnswers(risk) : {}),
      template: 'pages/dpia/write/one-of-a-list.njk',
      more: removal(visit, isNew ? undefined : PATHS.dpiaRiskRemove, 'Take this risk out'),
    },
    notTaken,
  )
}
