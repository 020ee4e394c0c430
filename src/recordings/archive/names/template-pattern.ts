import type { Direction } from './named-call.ts'

/**
 * How a recorder names its files. Text stands for itself; `{…}` is a field; `[…]` may be absent; a backslash takes the
 * meaning of the next character away. Fields: `number` (or a word for none, or several with commas), `contact`, `who` (a
 * number or a contact), `direction`, `via`, `sim`, `any`, `word` (one word, digit or arrow, of which nothing is kept);
 * `YYYY YY MM DD HH mm ss SSS` with leading zeros, `fraction`, `offset` (+0100), `unix_ms`, `unix_s`.
 */
export interface NameTemplate {
  /** of the recorder, or of what was learnt */
  readonly id: string
  readonly template: string
  /** what stands for a direction, and what it means; undefined where that is not known for certain */
  readonly directions?: Readonly<Record<string, Direction | undefined>>
  /** words for what carries a call, as written */
  readonly via?: readonly string[]
  /** only where a folder above has this in its path */
  readonly within?: RegExp
}

/** Why a template cannot be used. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
  readonly code: 'UNKNOWN_FIELD' | 'TWICE' | 'NOT_CLOSED' | 'NO_FIELD' | 'MALFORMED'
  readonly hint = 'what a template is made of stands in src/recordings/README.md'

  constructor(code: TemplateError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** Which of several ways through a name is looked for: the pattern tries them in one order, or in exactly the other. */
export type End = 'first' | 'last'

const NO_NUMBER = [
  'null',
  '[Uu]nknown',
  '[Pp]rivate [Nn]umber',
  '[Pp]rivate',
  '[Ww]ithheld',
  '[Aa]nonymous',
  '[Rr]estricted',
  '-1',
  '-2',
]
const NUMBER = String.raw`\+?\d{3,15}`
const LAST_NUMBER = String.raw`\+??\d{3,15}?`

/** A word for no number, alone. */
export const NONE = new RegExp(`^(?:${NO_NUMBER.join('|')})$`)

/** Fields that are so many digits, and nothing else. */
export const DIGITS: Readonly<Record<string, number>> = {
  sim: 1,
  YYYY: 4,
  YY: 2,
  MM: 2,
  DD: 2,
  HH: 2,
  mm: 2,
  ss: 2,
  SSS: 3,
  unix_ms: 13,
  unix_s: 10,
}

/** What each field may be. Where it may be so in several ways, the second is the same with every choice turned round. */
const FIELDS: Readonly<Record<string, string | readonly [first: string, last: string]>> = {
  number: [
    [`${NUMBER}(?:, ?${NUMBER})*`, ...NO_NUMBER].join('|'),
    [...NO_NUMBER.toReversed(), `${LAST_NUMBER}(?:, ??${LAST_NUMBER})*?`].join('|'),
  ],
  contact: ['[^/]+?', '[^/]+'],
  who: ['[^/]+?', '[^/]+'],
  any: ['[^/]*?', '[^/]*'],
  word: [String.raw`\p{L}+|\d|[←↑→↓↖↗↘↙]`, String.raw`[←↑→↓↖↗↘↙]|\d|\p{L}+?`],
  fraction: [String.raw`\d{0,9}`, String.raw`\d{0,9}?`],
  offset: String.raw`[+-]\d{4}|Z`,
  ...Object.fromEntries(Object.entries(DIGITS).map(([field, digits]) => [field, String.raw`\d{${digits}}`])),
}

/**
 * The pattern of a template. Of all ways in which a name fits, `first` finds the first and `last` the last: where both find the same there is no other.
 * Throws TemplateError.
 */
export function patternOf(template: NameTemplate, end: End): RegExp {
  const seen = new Set<string>()
  let depth = 0
  const source = template.template.replaceAll(
    /\\(.)|\{([^}]*)\}|([[\]])|([\\^$.*+?()|{}])/g,
    (whole, literal, field, bracket) => {
      if (literal !== undefined) return escaped(literal)
      if (field !== undefined) return fieldOf(template, field, seen, end)
      if (bracket === undefined) return escaped(whole)
      depth += bracket === '[' ? 1 : -1
      if (depth < 0) throw notClosed()
      return bracket === '[' ? '(?:' : end === 'first' ? ')?' : ')??'
    },
  )
  if (depth !== 0) throw notClosed()
  if (seen.size === 0) throw new TemplateError('NO_FIELD', 'a template names at least one field')
  return new RegExp(`^${source}$`, 'u')
}

function fieldOf({ directions = {}, via = [] }: NameTemplate, field: string, seen: Set<string>, end: End): string {
  const words = field === 'direction' ? Object.keys(directions) : field === 'via' ? [...via] : undefined
  const pattern = words === undefined ? knownField(field, end) : alternatives(words, end)
  if (pattern === undefined || pattern === '') throw new TemplateError('UNKNOWN_FIELD', `there is no field {${field}}`)
  if (seen.has(field)) throw new TemplateError('TWICE', `{${field}} stands in it twice`)
  seen.add(field)
  return `(?<${field}>${pattern})`
}

function knownField(field: string, end: End): string | undefined {
  const pattern = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined
  return typeof pattern === 'object' ? pattern[end === 'first' ? 0 : 1] : pattern
}

function alternatives(words: string[], end: End): string {
  return (end === 'first' ? words : words.toReversed()).map(escaped).join('|')
}

function notClosed(): TemplateError {
  return new TemplateError('NOT_CLOSED', 'a bracket is opened or closed alone')
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
}
