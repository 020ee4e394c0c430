import type { ClauseChange, ClauseStep } from '../../../../actions/index.ts'
import { person, RECORD_KINDS, type RecordKind } from '../../../../records/index.ts'
import type { FieldError } from '../../../form.ts'
import type { Typed, Values } from '../question.ts'
import { APP_CHOICES } from '../words.ts'
import { readWindow, WINDOW_FIELDS, windowValues } from './time-window.ts'

/** What a form says of a clause, or what is wrong with it. */
export type StepAnswer = { readonly errors: readonly FieldError[] } | { readonly change: ClauseChange }

/** One question about one clause. */
export interface Step {
  readonly ones: readonly string[]
  readonly manys?: readonly string[]
  /** `answered`: somebody has said so before; otherwise nothing is chosen */
  readonly values: (clause: ClauseChange, answered: boolean) => Values
  readonly answer: (typed: Typed, lines: readonly { readonly id: string }[]) => StepAnswer
}

const one = (field: string, text: string): StepAnswer => ({ errors: [{ field, text }] })

/** What is typed one to a line, each once. */
function lined(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '')
}

const what: Step = {
  ones: ['line'],
  manys: ['records'],
  values: ({ line_of_enquiry, records }) => ({ line: line_of_enquiry, records }),
  answer: (typed, lines) => {
    const ticked = typed.many('records')
    const records = RECORD_KINDS.filter((kind) => ticked.includes(kind)) as RecordKind[]
    const line = lines.find(({ id }) => id === typed.one('line'))?.id
    const errors = [
      ...(line === undefined ? [{ field: 'line', text: 'Select the line of enquiry that it serves' }] : []),
      ...(records.length === 0 ? [{ field: 'records', text: 'Select what you need to take' }] : []),
    ]
    return errors.length > 0 || line === undefined ? { errors } : { change: { line_of_enquiry: line, records } }
  },
}

const apps: Step = {
  ones: ['which', 'others'],
  manys: ['apps'],
  values: ({ apps: named }, answered) => ({
    which: answered ? (named === undefined ? 'every' : 'these') : undefined,
    apps: named?.filter((app) => APP_CHOICES.some(({ value }) => value === app)),
    others: named?.filter((app) => !APP_CHOICES.some(({ value }) => value === app)).join('\n'),
  }),
  answer: (typed) => {
    if (typed.one('which') === 'every') return { change: { apps: undefined } }
    if (typed.one('which') !== 'these') return one('which', 'Select whether you need some apps or every app')
    const ticked = typed.many('apps')
    const named = [
      ...APP_CHOICES.map(({ value }) => value).filter((app) => ticked.includes(app)),
      ...lined(typed.one('others')),
    ]
    if (named.length === 0) return one('apps', 'Select or name at least one app')
    if (named.length > 200 || named.some((app) => app.length > 200))
      return one('others', 'Name fewer apps, each in fewer characters')
    return { change: { apps: [...new Set(named)] } }
  },
}

const time: Step = {
  ones: ['limit', ...WINDOW_FIELDS],
  values: ({ between }, answered) => ({
    limit: answered ? (between === undefined ? 'no' : 'yes') : undefined,
    ...windowValues(between),
  }),
  answer: (typed) => {
    if (typed.one('limit') === 'no') return { change: { between: undefined } }
    if (typed.one('limit') !== 'yes') return one('limit', 'Select whether there is a limit of time')
    const read = readWindow(typed)
    return 'errors' in read ? read : { change: { between: read.between } }
  },
}

const people: Step = {
  ones: ['limit', 'people'],
  values: ({ with: named }, answered) => ({
    limit: answered ? (named === undefined ? 'no' : 'yes') : undefined,
    people: named?.join('\n'),
  }),
  answer: (typed) => {
    if (typed.one('limit') === 'no') return { change: { with: undefined } }
    if (typed.one('limit') !== 'yes') return one('limit', 'Select whether it matters with whom')
    const named = lined(typed.one('people'))
    if (named.length === 0) return one('people', 'Enter at least one number, address or name of an account')
    if (named.length > 1000 || named.some((text) => text.length > 320))
      return one('people', 'Enter at most 1,000, each in at most 320 characters')
    if (named.some((text) => !/[\p{L}\p{N}]/u.test(person(text))))
      return one('people', 'Each line must have letters or numbers')
    return { change: { with: named } }
  },
}

const words: Step = {
  ones: ['limit', 'any', 'all'],
  values: ({ containing }, answered) => ({
    limit: answered ? (containing === undefined ? 'no' : 'any' in containing ? 'any' : 'all') : undefined,
    ...(containing && ('any' in containing ? { any: containing.any.join('\n') } : { all: containing.all.join('\n') })),
  }),
  answer: (typed) => {
    const limit = typed.one('limit')
    if (limit === 'no') return { change: { containing: undefined } }
    if (limit !== 'any' && limit !== 'all') return one('limit', 'Select whether words matter')
    const named = lined(typed.one(limit))
    if (named.length === 0) return one(limit, 'Enter at least one word or phrase')
    if (named.length > 1000 || named.some((text) => text.length > 500))
      return one(limit, 'Enter at most 1,000, each in at most 500 characters')
    return { change: { containing: limit === 'any' ? { any: named } : { all: named } } }
  },
}

const place: Step = {
  ones: ['limit', 'lat', 'lon', 'radius'],
  values: ({ near }, answered) => ({
    limit: answered ? (near === undefined ? 'no' : 'yes') : undefined,
    lat: near && String(near.lat),
    lon: near && String(near.lon),
    radius: near && String(near.radius_metres),
  }),
  answer: (typed) => {
    if (typed.one('limit') === 'no') return { change: { near: undefined } }
    if (typed.one('limit') !== 'yes') return one('limit', 'Select whether the place matters')
    const number = (name: string, least: number, most: number) => {
      const text = typed.one(name)
      const value = Number(text)
      return text !== '' && Number.isFinite(value) && value >= least && value <= most ? value : undefined
    }
    const [lat, lon, radius_metres] = [
      number('lat', -90, 90),
      number('lon', -180, 180),
      number('radius', 1, 20_000_000),
    ]
    const errors = [
      ...(lat === undefined ? [{ field: 'lat', text: 'Enter a latitude from -90 to 90, like 51.5014' }] : []),
      ...(lon === undefined ? [{ field: 'lon', text: 'Enter a longitude from -180 to 180, like -0.1419' }] : []),
      ...(radius_metres === undefined ? [{ field: 'radius', text: 'Enter how far around it, in metres' }] : []),
    ]
    if (lat === undefined || lon === undefined || radius_metres === undefined) return { errors }
    return { change: { near: { lat, lon, radius_metres } } }
  },
}

const around: Step = {
  ones: ['limit', 'context'],
  values: ({ context }, answered) => ({
    limit: answered ? (context ? 'some' : 'none') : undefined,
    context: context ? String(context) : undefined,
  }),
  answer: (typed) => {
    if (typed.one('limit') === 'none') return { change: { context: undefined } }
    if (typed.one('limit') !== 'some') return one('limit', 'Select whether messages around each one are needed')
    const text = typed.one('context')
    if (!/^\d{1,4}$/.test(text) || Number(text) < 1 || Number(text) > 1000)
      return one('context', 'Enter a whole number from 1 to 1,000')
    return { change: { context: Number(text) } }
  },
}

const files: Step = {
  ones: ['files'],
  values: ({ attachments }, answered) => ({ files: answered ? (attachments ? 'yes' : 'no') : undefined }),
  answer: (typed) => {
    if (typed.one('files') === 'yes') return { change: { attachments: true } }
    if (typed.one('files') === 'no') return { change: { attachments: undefined } }
    return one('files', 'Select whether pictures and files themselves are needed')
  },
}

export const STEPS: Readonly<Record<ClauseStep, Step>> = { what, apps, time, people, words, place, around, files }
