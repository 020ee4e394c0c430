import { isSameText } from '../../../../actions/index.ts'
import type { FieldError } from '../../../form.ts'
import { PATHS } from '../../../paths.ts'
import { type Question, questionRoutes, textErrors } from '../question.ts'
import { CONFIDENTIAL_CHOICES } from '../words.ts'

/** Confidential information is a test of its own: PCSC Act 2022 ss.37(8) to (10), 43 (law rows B6, B7). */
const confidential: Question = {
  path: PATHS.requestConfidential,
  page: 'pages/request/confidential/confidential.njk',
  title: 'Might confidential information be taken?',
  ones: ['risk', 'reason', 'amount', 'relevance', 'no'],
  manys: ['kinds'],
  values: ({ document: { confidential_information: said } }) =>
    said === undefined
      ? {}
      : said.risk
        ? { risk: 'yes', reason: said.reason, kinds: said.kinds, amount: said.amount, relevance: said.relevance }
        : { risk: 'no', no: said.reason },
  view: () => ({ kinds: CONFIDENTIAL_CHOICES }),
  answer: (typed, { document }) => {
    const risk = typed.one('risk')
    if (risk === 'no') {
      const errors = textErrors(typed, 'no', 'Enter why there is none')
      return errors.length > 0 ? { errors } : { answer: { part: 'confidential', risk: false, reason: typed.one('no') } }
    }
    if (risk !== 'yes')
      return { errors: [{ field: 'risk', text: 'Select whether confidential information may be taken' }] }
    const ticked = typed.many('kinds')
    const kinds = CONFIDENTIAL_CHOICES.map(({ value }) => value).filter((kind) => ticked.includes(kind))
    const errors: FieldError[] = [
      ...(kinds.length === 0 ? [{ field: 'kinds', text: 'Select the kinds of confidential information' }] : []),
      ...textErrors(typed, 'amount', 'Enter how much of it the device is likely to hold'),
      ...textErrors(typed, 'relevance', 'Enter how it may matter to the line of enquiry'),
      ...textErrors(typed, 'reason', 'Enter why it cannot be avoided'),
    ]
    if (isSameText(typed.one('reason'), document.excess_information?.reason))
      errors.push({
        field: 'reason',
        text: 'Give a reason of its own: it says the same as the one for excess information',
      })
    if (errors.length > 0) return { errors }
    return {
      answer: {
        part: 'confidential',
        risk: true,
        reason: typed.one('reason'),
        kinds,
        amount: typed.one('amount'),
        relevance: typed.one('relevance'),
      },
    }
  },
}

export const confidentialRoutes = questionRoutes(confidential)
