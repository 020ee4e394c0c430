import { reachesEverything } from '../../../../actions/index.ts'
import { PATHS } from '../../../paths.ts'
import { type Question, questionRoutes, textErrors } from '../question.ts'

/** Whether more than what is sought may be taken: PCSC Act 2022 s.37(6), (7) (law row B5). */
const excess: Question = {
  path: PATHS.requestExcess,
  page: 'pages/request/excess/excess.njk',
  title: 'Might more be taken than is sought?',
  ones: ['risk', 'yes', 'no'],
  values: ({ document: { excess_information: said } }) =>
    said === undefined
      ? {}
      : { risk: said.risk ? 'yes' : 'no', ...(said.risk ? { yes: said.reason } : { no: said.reason }) },
  answer: (typed, { document }) => {
    const risk = typed.one('risk')
    if (risk !== 'yes' && risk !== 'no')
      return { errors: [{ field: 'risk', text: 'Select whether more may be taken' }] }
    if (risk === 'no' && reachesEverything(document.scope ?? []))
      return { errors: [{ field: 'risk', text: 'There is such a risk: a part of what you ask for has no limit' }] }
    const errors = textErrors(
      typed,
      risk,
      risk === 'yes'
        ? 'Enter what more may be taken, and why that cannot be avoided'
        : 'Enter why nothing more is taken',
    )
    return errors.length > 0
      ? { errors }
      : { answer: { part: 'excess', risk: risk === 'yes', reason: typed.one(risk) } }
  },
}

export const excessRoutes = questionRoutes(excess)
