import { closeCase, closingPage, CASE_OUTCOMES } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { OUTCOME_WORDS } from '../words.ts'

/** Closes a case; soon after a refusal, asks a supervisor to, or lets the supervisor do it (law row B24). */
export const closeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.caseClose,
    who: 'case.close',
    about: 'case',
    logs: [],
    handle: (visit) => page(visit, undefined, []),
  },
  {
    method: 'POST',
    path: PATHS.caseClose,
    who: 'case.close',
    about: 'case',
    logs: ['case.closed', 'case.closing_asked'],
    handle: async (visit) => {
      const caseId = visit.params['case'] ?? ''
      const { supervises } = await closingPage(visit.service.ops, visit.actor, caseId)
      const values = { outcome: field(visit, 'outcome'), reason: field(visit, 'reason') }
      const errors: FieldError[] = []
      if (!(CASE_OUTCOMES as readonly string[]).includes(values.outcome))
        errors.push({ field: 'outcome', text: 'Choose what the investigation came to' })
      if (supervises && values.reason === '')
        errors.push({ field: 'reason', text: 'Enter why the case ends so soon after a refusal' })
      if (values.reason.length > 2000)
        errors.push({ field: 'reason', text: 'The reason must be 2,000 characters or fewer' })
      if (errors.length > 0) return page(visit, values, errors)
      const done = await closeCase(visit.service.ops, visit.actor, { caseId, ...values })
      if (supervises) return { redirect: PATHS.home }
      return {
        redirect: `${pathTo(PATHS.case, { case: caseId })}?done=${done === 'asked' ? 'closing-asked' : 'closed'}`,
      }
    },
  },
]

async function page(
  visit: Visit,
  given: { outcome: string; reason: string } | undefined,
  errors: readonly FieldError[],
): Promise<Answer> {
  const caseId = visit.params['case'] ?? ''
  const { row, days, supervises, asked, held } = await closingPage(visit.service.ops, visit.actor, caseId)
  const values = given ?? { outcome: supervises ? (row.outcome ?? '') : '', reason: '' }
  return {
    page: 'pages/case/close/close.njk',
    status: errors.length > 0 ? 400 : 200,
    view: {
      title: `Close case ${row.reference}`,
      back: supervises ? PATHS.home : pathTo(PATHS.case, { case: caseId }),
      row,
      days,
      supervises,
      asked,
      held,
      values,
      outcomes: CASE_OUTCOMES.map((outcome) => ({
        value: outcome,
        text: OUTCOME_WORDS[outcome],
        checked: outcome === values.outcome,
      })),
      ...errorsView(errors),
    },
  }
}
