import { ActionError, decideReview, readOneHeld } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'

/** A review: relevant or not, evidence or not, and what becomes of it, with reasons. */
export const reviewRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.holdingReview,
    who: 'retention.decide',
    about: 'extraction',
    logs: [],
    handle: (visit) => show(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.holdingReview,
    who: 'retention.decide',
    about: 'extraction',
    logs: ['retention.decided'],
    handle: async (visit) => {
      const { service, actor, params } = visit
      const extraction = params['extraction'] ?? ''
      const answers = answersOf(visit)
      const errors: FieldError[] = [
        ...(answers.relevance === '' ? [{ field: 'relevance', text: 'Select whether it is relevant' }] : []),
        ...(answers.evidence === '' ? [{ field: 'evidence', text: 'Select whether it must be kept as evidence' }] : []),
        ...(answers.outcome === '' ? [{ field: 'outcome', text: 'Select what becomes of it' }] : []),
        ...(answers.reasons.length < 10
          ? [{ field: 'reasons', text: 'Enter your reasons, in a sentence at least' }]
          : []),
      ]
      if (errors.length > 0) return show(visit, errors)
      try {
        await decideReview(service.ops, actor, {
          extraction,
          outcome: answers.outcome as 'keep' | 'restrict' | 'destroy',
          relevance: answers.relevance as 'relevant' | 'not_relevant',
          evidence: answers.evidence === 'yes',
          reasons: answers.reasons,
        })
      } catch (error) {
        if (!(error instanceof ActionError) || error.code !== 'NOT_VALID') throw error
        return show(visit, [{ field: 'outcome', text: `${error.message}: ${error.hint}` }])
      }
      return { redirect: pathTo(PATHS.holding, { extraction }) }
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

async function show(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const { service, actor, params } = visit
  const held = await readOneHeld(service.ops, actor, params['extraction'] ?? '')
  return {
    page: 'pages/retention/review/review.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: `Review ${held.exhibit} in ${held.caseReference}`,
      back: pathTo(PATHS.holding, { extraction: held.extraction }),
      held,
      answers: answersOf(visit),
      ...errorsView(errors),
    },
  }
}
