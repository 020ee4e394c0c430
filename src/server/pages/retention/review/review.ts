import { decideReview } from '../../../../actions/index.ts'
import { field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { actOnHolding, extractionOf, holdingPage, missing } from '../holding-page.ts'

/** A review: relevant or not, evidence or not, and what becomes of it, with reasons. */
export const reviewRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.holdingReview,
    who: 'retention.decide',
    about: 'extraction',
    logs: [],
    handle: (visit) => show(visit),
  },
  {
    method: 'POST',
    path: PATHS.holdingReview,
    who: 'retention.decide',
    about: 'extraction',
    logs: ['retention.decided'],
    handle: (visit) => {
      const { relevance, evidence, outcome, reasons } = answersOf(visit)
      return actOnHolding(visit, {
        errors: [
          ...missing(relevance, 'relevance', 'Select whether it is relevant'),
          ...missing(evidence, 'evidence', 'Select whether it must be kept as evidence'),
          ...missing(outcome, 'outcome', 'Select what becomes of it'),
          ...(reasons.length < 10 ? [{ field: 'reasons', text: 'Enter your reasons, in a sentence at least' }] : []),
        ],
        show: (errors) => show(visit, errors),
        at: ({ message, hint }) => ({ field: 'outcome', text: `${message}: ${hint}` }),
        act: async () => {
          await decideReview(visit.service.ops, visit.actor, {
            extraction: extractionOf(visit),
            outcome: outcome as 'keep' | 'restrict' | 'destroy',
            relevance: relevance as 'relevant' | 'not_relevant',
            evidence: evidence === 'yes',
            reasons,
          })
          return `${pathTo(PATHS.holding, { extraction: extractionOf(visit) })}?done=reviewed`
        },
      })
    },
  },
]

function answersOf(visit: Visit) {
  return {
    relevance: field(visit, 'relevance'),
    evidence: field(visit, 'evidence'),
    outcome: field(visit, 'outcome'),
    reasons: field(visit, 'reasons'),
  }
}

function show(visit: Visit, errors?: readonly FieldError[]): Promise<Answer> {
  return holdingPage(
    visit,
    {
      page: 'pages/retention/review/review.njk',
      title: (held) => `Review ${held.exhibit} in ${held.caseReference}`,
      view: (held) => ({ held, answers: answersOf(visit) }),
    },
    errors,
  )
}
