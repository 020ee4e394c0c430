import { PATHS, pathTo } from '../../../paths.ts'
import { type Question, questionRoutes, textErrors } from '../question.ts'
import { DIRECTION_CHOICES } from '../words.ts'

/** One line of enquiry as structured belief: PCSC Act 2022 s.37(5)(a), (b) (law rows B3, D15). */
const line: Question = {
  path: PATHS.requestLine,
  page: 'pages/request/line/line.njk',
  title: (_, { params }) => (params['line'] === 'new' ? 'Add a line of enquiry' : `Line of enquiry ${params['line']}`),
  stated: true,
  ones: ['proposition', 'direction', 'why_this_device', 'data', 'facts'],
  values: ({ document, beliefs }, { params }) => {
    const id = params['line'] as string
    const found = document.lines_of_enquiry?.find((one) => one.id === id)
    return {
      ...(found && { proposition: found.proposition, why_this_device: found.why_this_device }),
      ...beliefs.lines?.[id],
    }
  },
  view: ({ beliefs }, { params }) => ({
    directions: DIRECTION_CHOICES,
    again: beliefs.look_again?.includes(params['line'] as string),
  }),
  answer: (typed, _, { params }) => {
    const direction = DIRECTION_CHOICES.find(({ value }) => value === typed.one('direction'))?.value
    const errors = [
      ...textErrors(typed, 'proposition', 'Enter what is to be shown or ruled out'),
      ...(direction === undefined ? [{ field: 'direction', text: 'Select where it may point' }] : []),
      ...textErrors(typed, 'why_this_device', 'Enter why it is believed to be on this device'),
      ...textErrors(typed, 'data', 'Enter what is sought'),
      ...textErrors(typed, 'facts', 'Enter the facts that you rely on'),
    ]
    if (errors.length > 0 || direction === undefined) return { errors }
    const id = params['line'] === 'new' ? undefined : params['line']
    return {
      answer: {
        part: 'line',
        line: {
          ...(id !== undefined && { id }),
          proposition: typed.one('proposition'),
          why_this_device: typed.one('why_this_device'),
          direction,
          data: typed.one('data'),
          facts: typed.one('facts'),
        },
      },
    }
  },
  next: ({ id }) => pathTo(PATHS.requestLines, { request: id }),
  back: ({ id, document }) =>
    pathTo(document.lines_of_enquiry === undefined ? PATHS.request : PATHS.requestLines, { request: id }),
}

export const lineRoutes = questionRoutes(line)
