import type { Direction } from './named-call.ts'
import type { Token } from './name-tokens.ts'
import { DIGITS, type NameTemplate, patternOf } from './template-pattern.ts'

/** What a part of a name can be marked as, and the fields that it becomes. */
export const PARTS = {
  number: '{number}',
  contact: '{contact}',
  who: '{who}',
  direction: '{direction}',
  ymd: '{YYYY}{MM}{DD}',
  dmy: '{DD}{MM}{YYYY}',
  mdy: '{MM}{DD}{YYYY}',
  ymd_short: '{YY}{MM}{DD}',
  dmy_short: '{DD}{MM}{YY}',
  ymd_hms: '{YYYY}{MM}{DD}{HH}{mm}{ss}',
  dmy_hms: '{DD}{MM}{YYYY}{HH}{mm}{ss}',
  ymd_hm: '{YYYY}{MM}{DD}{HH}{mm}',
  ymd_short_hms: '{YY}{MM}{DD}{HH}{mm}{ss}',
  ymd_short_hm: '{YY}{MM}{DD}{HH}{mm}',
  hms: '{HH}{mm}{ss}',
  hms_ms: '{HH}{mm}{ss}{SSS}',
  hm: '{HH}{mm}',
  year: '{YYYY}',
  year_short: '{YY}',
  month: '{MM}',
  day: '{DD}',
  hour: '{HH}',
  minute: '{mm}',
  second: '{ss}',
  millisecond: '{SSS}',
  unix_ms: '{unix_ms}',
  unix_s: '{unix_s}',
  sim: '{sim}',
  any: '{any}',
} as const satisfies Readonly<Record<string, string>>
export type Part = keyof typeof PARTS

const ARROW = /^[←↑→↓↖↗↘↙]$/
/** Whose text may be of any length and hold anything: several of them cannot be told apart. */
const FREE: ReadonlySet<string> = new Set(['contact', 'who', 'any'])
const MOST_FREE = 2
/** What may come in several runs. */
const IN_ONE: ReadonlySet<Part> = new Set<Part>(['number', 'who', 'contact', 'any'])

/** What a run may be marked as, by what it is made of and how long it is. A character between two others is only an arrow, or nothing. */
export function partsFor({ text, kind }: Token): Part[] {
  if (kind === 'between') return ARROW.test(text) ? ['direction', 'any'] : []
  if (kind === 'letters') return ['contact', 'who', 'direction', 'any']
  const fits = (Object.keys(PARTS) as Part[]).filter((part) => digitsOf(part) === text.length)
  return [
    ...(text.length >= 3 ? (['number'] as const) : []),
    'who',
    ...fits,
    ...(text.length === 1 ? (['direction'] as const) : []),
    'any',
  ]
}

/** How many digits a part has; undefined where it may be longer or shorter, or anything else. */
function digitsOf(part: Part): number | undefined {
  let digits = 0
  for (const field of fieldsIn(PARTS[part])) {
    const more = DIGITS[field]
    if (more === undefined) return undefined
    digits += more
  }
  return digits
}

function fieldsIn(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
}

/** What is wrong with what was marked: at which run, or of the whole. */
export interface MarkFault {
  readonly at?: number
  readonly says: string
}

/** What was marked of one name, as a template; or why it is none. */
export type Learnt = { readonly template: string } | { readonly faults: readonly MarkFault[] }

/**
 * Makes a template of one name whose runs were marked: `marks` says of each token what it is, or nothing where it stands for itself. Runs next to each other
 * that are marked alike are one field, with what is between them. `isHidden`: tokens that may be somebody’s, and so may never stand for themselves.
 */
export function templateOf(
  tokens: readonly (Token & { readonly isHidden: boolean })[],
  marks: readonly (Part | undefined)[],
): Learnt {
  const faults: MarkFault[] = []
  tokens.forEach((token, at) => {
    const mark = marks[at]
    if (mark === undefined ? token.isHidden : !partsFor(token).includes(mark))
      faults.push({ at, says: mark === undefined ? 'Select what this part is' : 'This part cannot be that' })
  })
  if (faults.length > 0) return { faults }
  const pieces = piecesOf(tokens, marks)
  const whole = faultsOfWhole(pieces)
  if (whole.length > 0) return { faults: whole.map((says) => ({ says })) }
  return {
    template: pieces.map(({ fields, text }) => fields ?? text.replaceAll(/[\\{}[\]]/g, String.raw`\$&`)).join(''),
  }
}

interface Piece {
  readonly part?: Part
  readonly fields?: string
  readonly text: string
}

/** Runs that are marked alike, with what is between them, as one; a plus sign belongs to its number. */
function piecesOf(tokens: readonly Token[], marks: readonly (Part | undefined)[]): Piece[] {
  const pieces: Piece[] = []
  for (let at = 0; at < tokens.length; at++) {
    const part = marks[at]
    if (part === undefined) {
      const { text } = tokens[at] as Token
      const isPlus = text === '+' && (marks[at + 1] === 'number' || marks[at + 1] === 'who')
      if (!isPlus) pieces.push({ text })
      continue
    }
    let last = at
    // Of a time each part stands alone: marked twice, it is told of.
    for (let next = at + 1; IN_ONE.has(part) && goesOn(tokens[next], marks[next], part); next++)
      if (marks[next] === part) last = next
    const text = tokens
      .slice(at, last + 1)
      .map((token) => token.text)
      .join('')
    // A number that is written in groups is read by the field that takes both, since names of files have nothing else in common.
    const fields = part === 'number' && !/^\d+(?:, ?\+?\d+)*$/.test(text) ? PARTS.who : PARTS[part]
    pieces.push({ part, fields, text })
    at = last
  }
  return pieces
}

function goesOn(token: Token | undefined, mark: Part | undefined, part: Part): boolean {
  return token !== undefined && (mark === part || (mark === undefined && token.kind === 'between'))
}

function faultsOfWhole(pieces: readonly Piece[]): string[] {
  const names = pieces.flatMap(({ fields = '' }) => fieldsIn(fields))
  const has = (...wanted: readonly string[]) => wanted.some((name) => names.includes(name))
  const faults: string[] = []
  if (names.length === 0) return ['Mark at least one part']
  if (new Set(names).size < names.length) faults.push('Mark each thing once: two parts of this name are the same')
  if (!has('number', 'who', 'contact', 'DD', 'unix_ms', 'unix_s')) faults.push('Mark the number, or when the call was')
  const isDated = has('DD') && has('MM') && has('YYYY', 'YY')
  if (has('DD', 'MM', 'YYYY', 'YY', 'HH', 'mm', 'ss', 'SSS') && !isDated)
    faults.push('Mark day, month and year: a part of a date tells no day')
  if ((has('mm') && !has('HH')) || (has('ss') && !has('mm')) || (has('SSS') && !has('ss')))
    faults.push('Mark the hour, and the minute before the second')
  if (has('unix_ms', 'unix_s') && has('DD')) faults.push('Mark when the call was once')
  if (names.filter((name) => FREE.has(name)).length > MOST_FREE)
    faults.push('Mark at most two parts that can hold any text')
  if (pieces.some(({ fields }, at) => isFree(fields) && isFree(pieces[at + 1]?.fields)))
    faults.push('Two parts that can hold any text need something between them')
  return faults
}

function isFree(fields: string | undefined): boolean {
  return fields !== undefined && FREE.has(fields.slice(1, -1))
}

/** The template with what was said of its directions. `words`: what each means; null where that is not known for certain. */
export function withDirections(
  id: string,
  template: string,
  words: Readonly<Record<string, Direction | null>>,
): NameTemplate {
  const made: NameTemplate = {
    id,
    template,
    ...(Object.keys(words).length > 0 && {
      directions: Object.fromEntries(Object.entries(words).map(([word, means]) => [word, means ?? undefined])),
    }),
  }
  patternOf(made, 'first')
  return made
}
