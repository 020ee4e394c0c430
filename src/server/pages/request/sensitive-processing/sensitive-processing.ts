import { SCHEDULE_8 } from '../../../../actions/index.ts'
import { PATHS } from '../../../paths.ts'
import { type Question, questionRoutes, textErrors } from '../question.ts'

/** What is sensitive on a phone, and on which condition it may be processed: DPA 2018 s.35(5), Schedule 8 (law row C3). */
const sensitiveProcessing: Question = {
  path: PATHS.requestSensitiveProcessing,
  page: 'pages/request/sensitive-processing/sensitive-processing.njk',
  title: 'Why may something sensitive be processed?',
  ones: ['condition', 'necessary', 'policy'],
  values: ({ beliefs: { sensitive_processing: said } }) => ({
    condition: said?.condition,
    necessary: said?.strictly_necessary,
    policy: said?.policy_document,
  }),
  view: () => ({ conditions: SCHEDULE_8 }),
  answer: (typed) => {
    const condition = SCHEDULE_8.find(({ id }) => id === typed.one('condition'))?.id
    const errors = [
      ...textErrors(typed, 'necessary', 'Enter why it is strictly necessary'),
      ...textErrors(typed, 'policy', 'Enter the reference and version of the policy document', 200),
    ]
    if (condition === undefined) return { errors: [{ field: 'condition', text: 'Select a condition' }, ...errors] }
    if (errors.length > 0) return { errors }
    return {
      answer: {
        part: 'sensitive_processing',
        condition,
        strictly_necessary: typed.one('necessary'),
        policy_document: typed.one('policy'),
      },
    }
  },
}

export const sensitiveProcessingRoutes = questionRoutes(sensitiveProcessing)
