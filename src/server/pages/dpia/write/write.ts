import { type DpiaFile, type DpiaPart, peopleNamed, readDpiaFile, writeDpia } from '../../../../actions/index.ts'
import { type Dpia, type DpiaRisk, type Person, STEPS } from '../../../../apps/index.ts'
import { field, type FieldError } from '../../../form.ts'
import { type NotTaken, taken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import { type Answers, answersOf, type Question, questionsPage } from '../../../questions.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { answersOfStep, faultsOfStep, questionsOfStep, withStep, WRITTEN_STEPS } from './steps.ts'
import { riskAnswers, riskGiven, riskQuestions } from './risk.ts'

/** Seventeen long answers. */
const LONGEST_FORM = 2 << 20

const MEASURE: readonly Question[] = [
  { ask: 'line', name: 'title', label: 'What is the measure called?' },
  { ask: 'text', name: 'says', label: 'What is done?' },
]

/** An assessment is written: a step a page, and risks and measures one by one (law row C25). */
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
  { method: 'GET', path: PATHS.dpiaRisk, who: 'dpia.write', logs: [], handle: (visit) => riskPage(visit) },
  {
    method: 'POST',
    path: PATHS.dpiaRisk,
    who: 'dpia.write',
    logs: ['dpia.written'],
    handle: async (visit) => {
      const { row } = await fileOf(visit)
      const { risks } = row.document
      const id = visit.params['risk'] === 'new' ? freeId(risks) : (visit.params['risk'] ?? '')
      const given = answersOf(visit, riskQuestions(row.document))
      const { risk, errors } = riskGiven(id, given)
      if (errors.length > 0) return riskPage(visit, { errors }, given)
      const put = (dpia: Dpia): Dpia => ({
        ...dpia,
        risks: dpia.risks.some((one) => one.id === id)
          ? dpia.risks.map((one) => (one.id === id ? risk : one))
          : [...dpia.risks, risk],
      })
      return save(visit, 'risk', put, (not) => riskPage(visit, not, given))
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
        (dpia) => ({ ...dpia, risks: dpia.risks.filter(({ id }) => id !== visit.params['risk']) }),
        (not) => riskPage(visit, not),
      ),
  },
  { method: 'GET', path: PATHS.dpiaMeasure, who: 'dpia.write', logs: [], handle: (visit) => measurePage(visit) },
  {
    method: 'POST',
    path: PATHS.dpiaMeasure,
    who: 'dpia.write',
    logs: ['dpia.written'],
    handle: async (visit) => {
      const { row } = await fileOf(visit)
      const { measures } = row.document
      const at = Number(visit.params['measure']) - 1
      const [title, says] = [field(visit, 'title'), field(visit, 'says')]
      const errors: FieldError[] = [
        ...(title === '' ? [{ field: 'title', text: 'Enter what it is called' }] : []),
        ...(measures.some((one, index) => one.title === title && index !== at)
          ? [{ field: 'title', text: 'There is a measure with this name already' }]
          : []),
        ...(says === '' ? [{ field: 'says', text: 'Enter what is done' }] : []),
      ]
      if (errors.length > 0) return measurePage(visit, { errors })
      const was = measures[at]?.title
      const put = (dpia: Dpia): Dpia =>
        was === undefined
          ? { ...dpia, measures: [...dpia.measures, { title, says }] }
          : {
              ...dpia,
              measures: dpia.measures.map((one, index) => (index === at ? { title, says } : one)),
              // Risks name measures by their titles.
              risks: dpia.risks.map((risk) => ({
                ...risk,
                measures: risk.measures.map((one) => (one === was ? title : one)),
              })),
            }
      return save(visit, 'measure', put, (not) => measurePage(visit, not))
    },
  },
  {
    method: 'POST',
    path: PATHS.dpiaMeasureRemove,
    formOn: PATHS.dpiaMeasure,
    who: 'dpia.write',
    logs: ['dpia.written'],
    handle: (visit) => {
      const at = Number(visit.params['measure']) - 1
      const without = (dpia: Dpia): Dpia => {
        const gone = dpia.measures[at]?.title
        return {
          ...dpia,
          measures: dpia.measures.filter((_, index) => index !== at),
          risks: dpia.risks.map((risk) => ({ ...risk, measures: risk.measures.filter((one) => one !== gone) })),
        }
      }
      return save(visit, 'measure', without, (not) => measurePage(visit, not))
    },
  },
]

function fileOf({ service, actor, params }: Visit): Promise<DpiaFile> {
  return readDpiaFile(service.ops, actor, params['dpia'] ?? '')
}

function back({ params }: Visit, done = ''): Answer {
  return { redirect: `${pathTo(PATHS.dpia, { dpia: params['dpia'] ?? '' })}${done}` }
}

/** People of the lists that the page offered. */
async function known(visit: Visit, { officers, reviewers }: DpiaFile, ids: readonly string[]): Promise<Person[]> {
  const offered = new Set([...officers, ...reviewers].map(({ id }) => id))
  return peopleNamed(
    visit.service.ops,
    ids.filter((id) => offered.has(id)),
  )
}

async function save(
  visit: Visit,
  part: DpiaPart,
  change: (dpia: Dpia) => Dpia,
  again: (not: NotTaken) => Promise<Answer>,
): Promise<Answer> {
  const dpiaId = visit.params['dpia'] ?? ''
  const seen = Number(field(visit, 'seen'))
  const not = await taken(
    () => writeDpia(visit.service.ops, visit.actor, { dpiaId, seen, part, change }),
    () => 'main-content',
  )
  return not === undefined ? back(visit, '?done=saved') : again(not)
}

function frame({ row }: DpiaFile) {
  return {
    caption: row.title,
    back: pathTo(PATHS.dpia, { dpia: row.id }),
    backText: row.title,
    seen: row.version,
    button: 'Save',
  }
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

function freeId(risks: readonly DpiaRisk[]): string {
  const used = new Set(risks.map(({ id }) => id))
  let at = risks.length + 1
  while (used.has(`R${at}`)) at++
  return `R${at}`
}

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

async function measurePage(visit: Visit, notTaken?: NotTaken): Promise<Answer> {
  const file = await fileOf(visit)
  const isNew = visit.params['measure'] === 'new'
  const measure = file.row.document.measures[Number(visit.params['measure']) - 1]
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

function removal({ params }: Visit, path: string | undefined, text: string) {
  return path === undefined ? {} : { remove: { text, href: pathTo(path, params) } }
}
