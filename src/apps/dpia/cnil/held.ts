import type { Measure } from '../dpia.ts'
import { QUESTION_IDS, type QuestionId } from '../questions.ts'
import type { Likelihood, Risk, Severity } from '../risk.ts'
import { answerTo, isMembers, numberOf, type PiaFile, textOf } from './pia-file.ts'
import { plainText } from './rich-text.ts'

/** Questions of the CNIL's tool that are answered in words, and ours that ask the same. Others have no field here. */
export const TEXTS = {
  111: 'aims',
  113: 'codes',
  121: 'data',
  122: 'life_of_data',
  211: 'purposes',
  212: 'lawful_basis',
  213: 'minimisation',
  214: 'quality',
  215: 'retention',
  221: 'information',
  223: 'right_of_access',
  224: 'right_to_rectification_and_erasure',
  225: 'right_to_restriction',
  226: 'processors',
  227: 'transfers',
} as const satisfies Readonly<Record<number, QuestionId>>

/** Its three feared events; of each, questions 1 to 6. */
export const EVENTS = { access: 320, change: 330, loss: 340 } as const
export type EventKind = keyof typeof EVENTS
export const EVENT_KINDS = Object.keys(EVENTS) as EventKind[]

/** Every question of the tool. */
export const PIA_QUESTIONS: readonly number[] = [111, 112, 113, 121, 122, 123, 211, 212, 213, 214, 215].concat(
  [221, 222, 223, 224, 225, 226, 227],
  EVENT_KINDS.flatMap((kind) => [1, 2, 3, 4, 5, 6].map((question) => EVENTS[kind] + question)),
)

// Four steps there (negligible, limited, important, maximal), three here: the upper two are one, so that nothing grows smaller.
const SEVERITY: readonly (Severity | undefined)[] = [undefined, 'minimal', 'significant', 'severe', 'severe']
const LIKELIHOOD: readonly (Likelihood | undefined)[] = [undefined, 'remote', 'possible', 'probable', 'probable']
export const GAUGE = { minimal: 1, significant: 2, severe: 3, remote: 1, possible: 2, probable: 3 } as const

/** What of a file of the tool we hold a field for. */
export interface Held {
  readonly title: string
  readonly answers: Readonly<Partial<Record<QuestionId, string>>>
  readonly measures: readonly Measure[]
  readonly risks: readonly Risk[]
}

/** Something in a file that has no place here as it is. It is kept and given back all the same. */
export interface PiaOddity {
  readonly code: 'too_long' | 'too_many' | 'named_twice' | 'not_text' | 'gauge_unknown' | 'question_unknown'
  /** `answers 121`, `measures` */
  readonly at: string
}

const MAX_TEXT = 20_000
const MAX_HTML = 400_000
const MAX_LINE = 2000
const MAX_TITLE = 300
const MAX_LINES = 200

/** Reads what we hold a field for. Pure; the same for the same file, so that what was not changed is known when it goes back. */
export function heldIn(file: PiaFile): { readonly held: Held; readonly oddities: readonly PiaOddity[] } {
  const oddities: PiaOddity[] = []
  const odd = (code: PiaOddity['code'], at: string) => {
    if (!oddities.some((one) => one.code === code && one.at === at)) oddities.push({ code, at })
  }
  const bounded = (value: string, at: string, most = MAX_TEXT) => {
    if (value.length <= most) return value
    odd('too_long', at)
    return ''
  }
  const words = (value: unknown, at: string, most?: number) => {
    if (value !== undefined && value !== null && typeof value !== 'string') odd('not_text', at)
    // Tags take room too; what is far too long is not looked into.
    const html = textOf(value)
    return html.length > MAX_HTML ? bounded(html, at, 0) : bounded(plainText(html), at, most)
  }
  const dataOf = (question: number) => {
    const data = answerTo(file, question)?.data
    return isMembers(data) ? data : {}
  }
  const lines = (question: number) => {
    const at = `answers ${question}`
    const { list } = dataOf(question)
    const given = (Array.isArray(list) ? list : []).map((one) => words(one, at, MAX_LINE)).filter((one) => one !== '')
    if (given.length > MAX_LINES) odd('too_many', at)
    return given.slice(0, MAX_LINES)
  }
  const gauge = <T>(question: number, scale: readonly (T | undefined)[]) => {
    const given = dataOf(question).gauge
    if (given === undefined || given === null || given === 0) return undefined
    const level = scale[numberOf(given)]
    if (level === undefined) odd('gauge_unknown', `answers ${question}`)
    return level
  }
  const risk = (kind: EventKind): Risk => {
    const [from, severity, likelihood] = [
      EVENTS[kind],
      gauge(EVENTS[kind] + 5, SEVERITY),
      gauge(EVENTS[kind] + 6, LIKELIHOOD),
    ]
    return {
      id: kind,
      kind,
      says: '',
      impacts: lines(from + 1),
      threats: lines(from + 2),
      sources: lines(from + 3),
      ...(likelihood === undefined ? {} : { likelihood }),
      why_likelihood: words(dataOf(from + 6).text, `answers ${from + 6}`),
      ...(severity === undefined ? {} : { severity }),
      why_severity: words(dataOf(from + 5).text, `answers ${from + 5}`),
      measures: lines(from + 4),
    }
  }
  const { concerned_people_opinion, concerned_people_searched_content, name } = file.pia
  const answers: Partial<Record<QuestionId, string>> = {}
  for (const [question, id] of Object.entries(TEXTS)) {
    const text = words(dataOf(Number(question)).text, `answers ${question}`)
    if (text !== '') answers[id] = text
  }
  const asked = words(concerned_people_opinion, 'pia') || words(concerned_people_searched_content, 'pia')
  if (asked !== '') answers.people_asked = asked
  const seen = new Set<number>()
  for (const { reference_to } of file.answers) {
    const question = numberOf(reference_to)
    if (!PIA_QUESTIONS.includes(question)) odd('question_unknown', 'answers')
    else if (seen.has(question)) odd('named_twice', `answers ${question}`)
    seen.add(question)
  }
  const measures = new Map<string, Measure>()
  for (const measure of file.measures) {
    const title = words(measure.title, 'measures', MAX_TITLE)
    if (measures.has(title)) odd('named_twice', 'measures')
    else if (measures.size >= MAX_LINES) odd('too_many', 'measures')
    else if (title !== '') measures.set(title, { title, says: words(measure.content, 'measures') })
  }
  return {
    held: {
      title: words(name, 'pia', MAX_TITLE),
      answers,
      measures: [...measures.values()],
      risks: EVENT_KINDS.map(risk),
    },
    oddities,
  }
}

/** Answers of ours that the tool has no question for. */
export const WITHOUT_QUESTION: readonly QuestionId[] = QUESTION_IDS.filter(
  (id) => id !== 'people_asked' && !(Object.values(TEXTS) as QuestionId[]).includes(id),
)
