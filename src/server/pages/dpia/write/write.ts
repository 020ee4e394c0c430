import { type DpiaFile, peopleNamed } from '../../../../actions/index.ts'
import { type Person, STEPS } from '../../../../apps/index.ts'
import type { NotTaken } from '../../../not-taken.ts'
import { PATHS } from '../../../paths.ts'
import { type Answers, answersOf, questionsPage } from '../../../questions.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { back, fileOf, frame, save } from './saving.ts'
import { answersOfStep, faultsOfStep, questionsOfStep, withStep, WRITTEN_STEPS } from './steps.ts'

/** Seventeen long answers. */
const LONGEST_FORM = 2 << 20

/** An assessment is written, a step a page (law row C25). Risks and measures have pages of their own. */
export const writeRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.dpiaStep, who: 'dpia.write', logs: [], handle: (visit) => stepPage(visit) },
  {
    method: 'POST',
    path: PATHS.dpiaStep,
    who: 'dpia.write',
    logs: ['dpia.written'],
    bodyLimit: LONGEST_FORM,
    handle: async (visit) => {
      const file = await fileOf(visit)
      const step = WRITTEN_STEPS.find((one) => one === visit.params['step'])
      if (step === undefined) return back(visit)
      const given = answersOf(visit, questionsOfStep(step, file))
      const errors = faultsOfStep(step, given)
      if (errors.length > 0) return stepPage(visit, { errors }, given)
      const ids = ['dpo', 'keeps'].map((name) => String(given[name] ?? '')).filter((id) => id !== '')
      const people = await known(visit, file, ids)
      const person = (id: string) => people.find((one) => one.id === id)
      return save(
        visit,
        `step_${step}`,
        (dpia) => withStep(dpia, step, given, person),
        (not) => stepPage(visit, not, given),
      )
    },
  },
]

/** People of the lists that the page offered. */
async function known(visit: Visit, { officers, reviewers }: DpiaFile, ids: readonly string[]): Promise<Person[]> {
  const offered = new Set([...officers, ...reviewers].map(({ id }) => id))
  return peopleNamed(
    visit.service.ops,
    ids.filter((id) => offered.has(id)),
  )
}

async function stepPage(visit: Visit, notTaken?: NotTaken, given?: Answers): Promise<Answer> {
  const file = await fileOf(visit)
  const step = WRITTEN_STEPS.find((one) => one === visit.params['step'])
  if (step === undefined) return back(visit)
  return questionsPage(
    {
      ...frame(file),
      title: `${step}. ${STEPS[Number(step) as keyof typeof STEPS]}`,
      intro: ['You can save what you have and go on later. Where something does not apply, say why.'],
      questions: questionsOfStep(step, file),
      answers: given ?? answersOfStep(file.row.document),
    },
    notTaken,
  )
}
