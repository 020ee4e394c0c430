import { readRequest, type ReadRequest, savePart, stepsFor } from '../../../../actions/index.ts'
import { type Clause, describeParts, sensitiveIn } from '../../../../scope/index.ts'
import { errorsView, field } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route, Visit } from '../../../route.ts'
import { captionOf, isOpen } from '../question.ts'
import { readingOf } from '../reading.ts'
import { STEP_WORDS } from '../words.ts'

async function show(visit: Visit, error?: string) {
  const request = await readRequest(visit.service.ops, visit.actor, visit.params['request'] as string)
  const at = { request: request.id }
  if (!isOpen({ stated: true }, request)) return { redirect: pathTo(PATHS.request, at) }
  return {
    page: 'pages/request/scope/scope.njk',
    status: error === undefined ? 200 : 422,
    view: {
      title: 'What may be taken',
      caption: captionOf(request),
      back: pathTo(PATHS.request, at),
      noLines: request.document.lines_of_enquiry === undefined,
      lines: pathTo(PATHS.requestLines, at),
      clauses: clausesOf(request),
      add: pathTo(PATHS.requestClause, { ...at, clause: 'new', step: 'what' }),
      next: pathTo(PATHS.request, at),
      sensitive: sensitiveIn(request.document.scope ?? []).length > 0,
      sensitiveAction: pathTo(PATHS.requestSensitive, at),
      values: { sensitive: error === undefined ? request.beliefs.sensitive : field(visit, 'sensitive') },
      reading: await readingOf(visit.service.ops, request),
      ...errorsView(error === undefined ? [] : [{ field: 'sensitive', text: error }]),
    },
  }
}

/** Every clause with its questions, those of unfinished ones included, in the order of their numbers. */
function clausesOf({ id: request, document: { scope = [] }, beliefs: { unfinished = {} } }: ReadRequest) {
  const all = [
    ...scope.map((clause) => ({ clause, answered: stepsFor(clause.records) })),
    ...Object.entries(unfinished).map(([id, { clause, answered }]) => ({
      clause: { line_of_enquiry: '', records: [], ...clause, id } as Clause,
      answered: [...answered],
    })),
  ]
  return all
    .sort((a, b) => Number(a.clause.id.slice(1)) - Number(b.clause.id.slice(1)))
    .map(({ clause, answered }) => {
      const steps = stepsFor(clause.records)
      const link = (step: string) => pathTo(PATHS.requestClause, { request, clause: clause.id, step })
      const open = steps.find((step) => !answered.includes(step))
      return {
        id: clause.id,
        line: clause.line_of_enquiry,
        what: describeParts(clause).what,
        rows: steps.map((step) => ({
          key: STEP_WORDS[step].short,
          answered: answered.includes(step),
          says: sayStep(clause, step),
          href: link(step),
        })),
        go: open && link(open),
        remove: pathTo(PATHS.requestClauseRemove, { request, clause: clause.id }),
      }
    })
}

/** One condition of a clause in words: the same words as the whole, cut out of it. */
function sayStep(clause: Clause, step: string): string {
  const only = (parts: Partial<Clause>): string => {
    const { limits } = describeParts({ id: clause.id, line_of_enquiry: '', records: ['account'], ...parts }, 'uk')
    const text = limits[0] ?? ''
    return text.startsWith('without any limit') ? 'No limit' : capital(text)
  }
  switch (step) {
    case 'what':
      return describeParts({ ...clause, apps: ['x'] }).what.replace(/ from “x”$/, '')
    case 'apps':
      return capital(describeParts({ ...clause, records: ['account'] }).what.replace(/^Names of accounts /, ''))
    case 'time':
      return only({ between: clause.between })
    case 'people':
      return only({ with: clause.with })
    case 'words':
      return only({ containing: clause.containing })
    case 'place':
      return only({ near: clause.near })
    case 'around':
      return clause.context ? `${clause.context} before and after each` : 'None'
    default:
      return clause.attachments ? 'Taken' : 'Only their names'
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The scope as a list of permissions, each of which takes nothing until it is finished (law rows B5, B21). */
export const scopeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.requestScope,
    who: 'request.write',
    about: 'request',
    logs: [],
    handle: (visit) => show(visit),
  },
  {
    method: 'POST',
    path: PATHS.requestSensitive,
    who: 'request.write',
    about: 'request',
    logs: ['request.written'],
    handle: async (visit) => {
      const id = visit.params['request'] as string
      const text = field(visit, 'sensitive')
      if (text === '') return show(visit, 'Enter why these words or apps are needed')
      if (text.length > 4000) return show(visit, 'Use 4,000 characters or fewer')
      await savePart(visit.service.ops, visit.actor, { id, answer: { part: 'sensitive', text } })
      return { redirect: pathTo(PATHS.requestScope, { request: id }) }
    },
  },
  {
    method: 'POST',
    path: PATHS.requestClauseRemove,
    who: 'request.write',
    about: 'request',
    logs: ['request.written'],
    handle: async ({ service, actor, params }) => {
      const id = params['request'] as string
      await savePart(service.ops, actor, { id, answer: { part: 'clause_removed', id: params['clause'] as string } })
      return { redirect: pathTo(PATHS.requestScope, { request: id }) }
    },
  },
]
