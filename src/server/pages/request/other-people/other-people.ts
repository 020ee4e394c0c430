import { PATHS } from '../../../paths.ts'
import { type Question, questionRoutes, textErrors } from '../question.ts'

/** Everybody else on the phone, who is neither told nor asked: DPA 2018 s.44(2), (3) (law row G11). */
const otherPeople: Question = {
  path: PATHS.requestThirdParties,
  page: 'pages/request/other-people/other-people.njk',
  title: 'Who else is drawn in?',
  ones: ['text'],
  values: ({ beliefs }) => ({ text: beliefs.third_parties }),
  answer: (typed) => {
    const errors = textErrors(typed, 'text', 'Enter who else is drawn in, and what is done for them')
    return errors.length > 0 ? { errors } : { answer: { part: 'third_parties', text: typed.one('text') } }
  },
}

export const otherPeopleRoutes = questionRoutes(otherPeople)
