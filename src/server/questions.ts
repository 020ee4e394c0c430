import { dayGiven, errorsView, field, fields } from './form.ts'
import type { NotTaken } from './not-taken.ts'
import type { Answer, Visit } from './route.ts'

/** One choice of a question. */
export interface Choice {
  readonly value: string
  readonly text: string
  readonly hint?: string
}

interface Asked {
  readonly name: string
  readonly label: string
  readonly hint?: string
  /** the only question of its page */
  readonly large?: true
}

/** One question of a form, by what answers it. */
export type Question =
  | (Asked & {
      readonly ask: 'line'
      readonly classes?: string
      readonly inputmode?: string
      readonly known?: readonly Known[]
    })
  | (Asked & { readonly ask: 'text'; readonly rows?: number })
  | (Asked & { readonly ask: 'one'; readonly of: readonly Choice[]; readonly inline?: true })
  | (Asked & { readonly ask: 'several'; readonly of: readonly Choice[] })
  | (Asked & { readonly ask: 'day' })
  | (Asked & { readonly ask: 'file' })

/** Somebody who is offered while a staff number is typed. */
export interface Known {
  readonly id: string
  readonly says: string
}

/** What is answered so far: a text, what is ticked, or a day as `2027-03-27`. */
export type Answers = Readonly<Record<string, string | readonly string[] | undefined>>

/** A page of a few questions. */
export interface QuestionsPage {
  readonly title: string
  readonly caption?: string
  readonly back: string
  readonly backText?: string
  readonly intro?: readonly string[]
  readonly facts?: readonly { readonly key: string; readonly value: string }[]
  readonly warning?: string
  readonly questions: readonly Question[]
  readonly answers: Answers
  /** what the button says; absent where nothing can be sent */
  readonly button?: string
  /** what it does cannot be taken back */
  readonly grave?: true
  /** which version whoever answers has read */
  readonly seen?: number
  readonly template?: string
  readonly more?: Readonly<Record<string, unknown>>
}

/** What a question that is answered by yes or no offers. */
export const YES_NO: readonly Choice[] = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
]

/** Shows a page of questions, with what is wrong where something is. */
export function questionsPage(page: QuestionsPage, { errors, reasons = [] }: NotTaken = { errors: [] }): Answer {
  const { questions, answers, template = 'layout/questions.njk', more, ...view } = page
  const against = reasons.length > 0 ? [{ field: 'reasons', text: 'This cannot be done yet' }] : []
  const shown = errorsView([...errors, ...against])
  return {
    page: template,
    status: errors.length + against.length > 0 ? 422 : 200,
    view: {
      ...view,
      ...more,
      reasons: reasons.map(({ says, source }) => ({ says, source: source === 'own' ? '' : source })),
      hasFile: questions.some(({ ask }) => ask === 'file'),
      questions: questions.map((one) => questionView(one, answers[one.name])),
      ...shown,
      errorList: shown.errorList.map((one) => ({ ...one, href: placeOf(one.href, questions) })),
    },
  }
}

/** Where somebody is led to mend a fault: of a day to the first of its three fields, of a choice without any to the page. */
function placeOf(href: string, questions: readonly Question[]): string {
  const question = questions.find(({ name }) => href === `#${name}`)
  if (question?.ask === 'day') return `${href}-day`
  const isEmpty = (question?.ask === 'one' || question?.ask === 'several') && question.of.length === 0
  return isEmpty ? '#main-content' : href
}

function questionView(question: Question, answer: Answers[string]): Readonly<Record<string, unknown>> {
  if (question.ask === 'one' || question.ask === 'several') {
    const chosen = new Set(Array.isArray(answer) ? answer : [answer])
    const items = question.of.map(({ value, text, hint }) => ({
      value,
      text,
      checked: chosen.has(value),
      ...(hint !== undefined && { hint: { text: hint } }),
    }))
    return { ...question, items }
  }
  const value = typeof answer === 'string' ? answer : ''
  if (question.ask !== 'day') return { ...question, value }
  const [year = '', month = '', day = ''] = value.split('-')
  return { ...question, year, month: month.replace(/^0/, ''), day: day.replace(/^0/, '') }
}

/** What a form sent, as its questions ask for it. */
export function answersOf(visit: Visit, questions: readonly Question[]): Answers {
  return Object.fromEntries(
    questions.map(({ ask, name }) => [
      name,
      ask === 'several' ? fields(visit, name) : ask === 'day' ? dayGiven(visit, name) : field(visit, name),
    ]),
  )
}

/** Lines of a text, without empty ones. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
