import { isSameText } from '../../../../actions/index.ts'
import { PATHS } from '../../../paths.ts'
import { type Question, questionRoutes, textErrors } from '../question.ts'

/** Two tests, two pages, two reasons: PCSC Act 2022 s.37(5)(c) (law row B4). */
const necessity: Question = {
  path: PATHS.requestNecessity,
  page: 'pages/request/reasons/reasons.njk',
  title: 'Why is it necessary?',
  ones: ['text'],
  values: ({ document }) => ({ text: document.necessity }),
  view: ({ beliefs }) => ({
    again: beliefs.look_again?.includes('necessity'),
    label: 'What could not be done without it',
    hint: 'A phone always holds sensitive data: it must be strictly necessary (Data Protection Act 2018, section 35). That it would be useful is not enough.',
  }),
  answer: (typed) => {
    const errors = textErrors(typed, 'text', 'Enter why it is necessary')
    return errors.length > 0 ? { errors } : { answer: { part: 'necessity', text: typed.one('text') } }
  },
}

const proportionality: Question = {
  path: PATHS.requestProportionality,
  page: 'pages/request/reasons/reasons.njk',
  title: 'Why is it proportionate?',
  ones: ['text'],
  values: ({ document }) => ({ text: document.proportionality }),
  view: ({ document, beliefs }) => ({
    again: beliefs.look_again?.includes('proportionality'),
    label: 'How what is taken is weighed against what it is for',
    hint: 'How serious the matter is, how far this reaches into the user’s life and other people’s, and what was done to make it smaller.',
    other: document.necessity,
  }),
  answer: (typed, { document }) => {
    const errors = textErrors(typed, 'text', 'Enter why it is proportionate')
    if (errors.length === 0 && isSameText(typed.one('text'), document.necessity))
      errors.push({ field: 'text', text: 'Give a reason of its own: it says the same as the one for necessity' })
    return errors.length > 0 ? { errors } : { answer: { part: 'proportionality', text: typed.one('text') } }
  },
}

export const reasonsRoutes = [...questionRoutes(necessity), ...questionRoutes(proportionality)]
