import {
  CLAUSE_STEPS,
  type ClauseChange,
  type ClauseStep,
  clauseIds,
  nextStep,
  notFound,
  type ReadRequest,
  stepsFor,
  type Written,
} from '../../../../actions/index.ts'
import { RECORD_KINDS } from '../../../../records/index.ts'
import { KIND_WORDS } from '../../../../scope/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Visit } from '../../../route.ts'
import { captionOf, type Question, questionRoutes } from '../question.ts'
import { APP_CHOICES, STEP_WORDS } from '../words.ts'
import { STEPS } from './steps.ts'

/** What a clause holds so far, finished or not. */
function clauseAt(
  { document, beliefs }: Written,
  id: string,
): { readonly clause: ClauseChange; readonly answered: readonly ClauseStep[]; readonly finished: boolean } {
  const finished = document.scope?.find((clause) => clause.id === id)
  if (finished) return { clause: finished, answered: stepsFor(finished.records), finished: true }
  return { ...(beliefs.unfinished?.[id] ?? { clause: {}, answered: [] }), finished: false }
}

/** The question that an address names. Throws ActionError NOT_FOUND where there is none, or its clause does not ask it. */
function stepOf(request: Written, { params }: Visit): ClauseStep {
  const step = CLAUSE_STEPS.find((name) => name === params['step'])
  const id = params['clause'] as string
  const { clause } = clauseAt(request, id)
  if (step === undefined || (id === 'new' ? step !== 'what' : !clauseIds(request).includes(id))) throw notFound()
  if (step !== 'what' && !stepsFor(clause.records ?? []).includes(step)) throw notFound()
  return step
}

/** A clause, one question to a page: no limit is chosen, never left out (law rows B5, B21). */
const clause: Question = {
  path: PATHS.requestClause,
  page: 'pages/request/clause/clause.njk',
  title: (request, visit) => STEP_WORDS[stepOf(request, visit)].title,
  stated: true,
  ones: [...new Set(Object.values(STEPS).flatMap(({ ones }) => ones))],
  manys: ['records', 'apps'],
  values: (request, visit) => {
    const step = stepOf(request, visit)
    const { clause: now, answered } = clauseAt(request, visit.params['clause'] as string)
    return STEPS[step].values(now, answered.includes(step))
  },
  view: (request, visit) => {
    const id = visit.params['clause'] as string
    const { clause: now } = clauseAt(request, id)
    const lines = request.document.lines_of_enquiry ?? []
    return {
      caption: `${captionOf(request)}${id === 'new' ? '' : `, ${id} for ${now.line_of_enquiry}`}`,
      step: stepOf(request, visit),
      lines: lines.map((line) => ({ value: line.id, text: `${line.id}: ${line.proposition}` })),
      kinds: RECORD_KINDS.map((kind) => ({ value: kind, text: capital(KIND_WORDS[kind]), hint: KIND_HINTS[kind] })),
      appChoices: APP_CHOICES,
    }
  },
  answer: (typed, request, visit) => {
    const step = stepOf(request, visit)
    const read = STEPS[step].answer(typed, request.document.lines_of_enquiry ?? [])
    if ('errors' in read) return read
    const id = visit.params['clause'] as string
    return { answer: { part: 'clause', ...(id !== 'new' && { id }), change: read.change, step } }
  },
  next: (request, written, { params }) => {
    const at = { request: request.id }
    const before = new Set(clauseIds(request))
    const id = params['clause'] === 'new' ? clauseIds(written).find((one) => !before.has(one)) : params['clause']
    const left = id === undefined ? undefined : written.beliefs.unfinished?.[id]
    const step = left && nextStep(left)
    return step === undefined
      ? pathTo(PATHS.requestScope, at)
      : pathTo(PATHS.requestClause, { ...at, clause: id as string, step })
  },
  back: (request, visit) => backOf(request, visit),
}

function backOf(request: ReadRequest, { params }: Visit): string {
  const { clause: now, finished } = clauseAt(request, params['clause'] as string)
  const steps = stepsFor(now.records ?? [])
  const before = steps[steps.indexOf(params['step'] as ClauseStep) - 1]
  return finished || before === undefined
    ? pathTo(PATHS.requestScope, { request: request.id })
    : pathTo(PATHS.requestClause, { request: request.id, clause: params['clause'] as string, step: before })
}

const KIND_HINTS: Readonly<Partial<Record<(typeof RECORD_KINDS)[number], string>>> = {
  call: 'With whom and when, not what was said',
  installed_app: 'The names alone can tell of health, religion or sexual life',
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export const clauseRoutes = questionRoutes(clause)
