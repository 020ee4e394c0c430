import { LADDER, OUTCOMES, type Outcome } from '../../../../actions/index.ts'
import type { FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import { type Question, questionRoutes, textErrors } from '../question.ts'

/** What a means becomes on the page beside the document's outcomes: then the power may not be used at all. */
const WOULD_DO = 'would do'
/** Rows for means that the ladder does not know. */
const MORE = [0, 1]

/** Every other way of finding out, with its outcome and its reason: PCSC Act 2022 s.37(7) (law rows B5, D15, D16). */
const otherWays: Question = {
  path: PATHS.requestAlternatives,
  page: 'pages/request/other-ways/other-ways.njk',
  title: 'Could it be found out in another way?',
  ones: [
    ...LADDER.flatMap((_, at) => [`outcome-${at}`, `reason-${at}`]),
    ...MORE.flatMap((at) => [`more-means-${at}`, `more-outcome-${at}`, `more-reason-${at}`]),
  ],
  values: ({ document: { alternatives = [] } }) => {
    const more = alternatives.filter(({ means }) => !LADDER.some((rung) => rung.means === means))
    return Object.fromEntries([
      ...LADDER.flatMap(({ means }, at) => {
        const row = alternatives.find((one) => one.means === means)
        return [
          [`outcome-${at}`, row?.outcome],
          [`reason-${at}`, row?.reason],
        ]
      }),
      ...more.flatMap((row, at) => [
        [`more-means-${at}`, row.means],
        [`more-outcome-${at}`, row.outcome],
        [`more-reason-${at}`, row.reason],
      ]),
    ])
  },
  view: ({ id }) => ({
    ladder: LADDER.map((rung, at) => ({
      ...rung,
      at,
      title: rung.means.charAt(0).toUpperCase() + rung.means.slice(1),
    })),
    more: MORE,
    outcomes: [
      { value: '', text: 'Select what became of it' },
      ...OUTCOMES.map((value) => ({ value, text: value.charAt(0).toUpperCase() + value.slice(1) })),
      { value: WOULD_DO, text: 'It would answer the question' },
    ],
    noPhone: pathTo(PATHS.requestNoPhone, { request: id }),
  }),
  answer: (typed) => {
    const errors: FieldError[] = []
    const rows = [
      ...LADDER.map(({ means }, at) => ({ means, outcome: `outcome-${at}`, reason: `reason-${at}` })),
      ...MORE.filter((at) => ['means', 'outcome', 'reason'].some((name) => typed.one(`more-${name}-${at}`) !== '')).map(
        (at) => {
          errors.push(...textErrors(typed, `more-means-${at}`, 'Enter what the other way is', 500))
          return { means: typed.one(`more-means-${at}`), outcome: `more-outcome-${at}`, reason: `more-reason-${at}` }
        },
      ),
    ].map(({ means, outcome, reason }) => {
      const became = typed.one(outcome)
      if (became === WOULD_DO)
        errors.push({
          field: outcome,
          text: `If this would answer the question, no phone is needed and none may be taken: ${means}`,
        })
      else if (!(OUTCOMES as readonly string[]).includes(became))
        errors.push({ field: outcome, text: `Select what became of: ${means}` })
      errors.push(...textErrors(typed, reason, `Enter the reason for: ${means}`))
      return { means, outcome: became as Outcome, reason: typed.one(reason) }
    })
    return errors.length > 0 ? { errors } : { answer: { part: 'alternatives', rows } }
  },
}

export const otherWaysRoutes = questionRoutes(otherWays)
