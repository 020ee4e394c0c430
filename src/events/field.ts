/** One member of an event's details: what it may hold, and whether it may be absent. */
export interface Field<T = unknown, Optional extends boolean = boolean> {
  /** what it holds, as documents say it */
  readonly form: string
  readonly optional: Optional
  /** whether people write it freely; everything else is an id, a digest, a count, a time, or a word from a list */
  readonly free?: true
  readonly is: (value: unknown) => boolean
  /** never there: carries the type */
  readonly holds?: T
}

// No spaces, no `@` and no `+`, so that neither a sentence nor an address passes for an id.
const ID = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/
// As long as a telephone number or an IMEI: no id of ours is, and a random one of 36 characters may well be digits alone.
const DIGITS = /^[\d._:/-]{8,20}$/
const HEX = /^[0-9a-f]{64}$/
const BASE64URL = /^[A-Za-z0-9_-]{43}$/
const WORD = /^[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*$/
const CODE = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/
const VERSION = /^[0-9A-Za-z][0-9A-Za-z.+-]{0,63}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z$/
const DAY = /^\d{4}-\d{2}-\d{2}$/
// oxlint-disable-next-line no-control-regex -- they are what is kept out
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/

/** Whether a text can be an id of ours: up to 64 letters, digits and `._:/-`, and not digits alone as a telephone number is. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value) && !DIGITS.test(value)
}

/** Whether a text is a SHA-256 digest: 64 lower-case hex digits, or 43 characters of base64url. */
export function isDigest(value: unknown): value is string {
  return typeof value === 'string' && (HEX.test(value) || BASE64URL.test(value))
}

/** An id that the service itself gave. */
export const id = field<string>('an id', isId)
/** SHA-256, in hex or base64url. */
export const digest = field<string>('a digest', isDigest)
/** A whole number, zero or more. */
export const count = field<number>('a count', (value) => Number.isSafeInteger(value) && (value as number) >= 0)
export const flag = field<boolean>('yes or no', (value) => typeof value === 'boolean')
/** RFC 3339 in UTC, to the second or millisecond. */
export const instant = field<string>('a time', (value) => matches(value, INSTANT) && isDate(value))
/** A calendar day. */
export const day = field<string>('a day', (value) => matches(value, DAY) && isDate(value))
/** A word from a list that a room further up keeps: a power, a rule of the schedule, a role. */
export const word = field<string>('a word', (value) => matches(value, WORD) && value.length <= 64)
/** A stable code of an error or denial, as `NOT_YOUR_CASE`. */
export const code = field<string>('a code', (value) => matches(value, CODE))
/** A version or commit of software. */
export const version = field<string>('a version', (value) => matches(value, VERSION))
/** Counts by word, as records by kind. At most 64. */
export const tally = field<Readonly<Record<string, number>>>('counts by word', (value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const entries = Object.entries(value)
  return entries.length <= 64 && entries.every(([name, one]) => word.is(name) && count.is(one))
})

/** One word of a closed list. */
export function oneOf<const W extends string>(...words: readonly W[]): Field<W, false> {
  return field<W>(`one of ${words.join(', ')}`, (value) => (words as readonly unknown[]).includes(value))
}

/** Up to 64 of a kind, each once. */
export function list<T>(of: Field<T, false>): Field<readonly T[], false> {
  return field<readonly T[]>(
    `a list, each ${of.form}`,
    (value) => Array.isArray(value) && value.length <= 64 && value.every(of.is) && new Set(value).size === value.length,
  )
}

/** What a person writes: up to 2,000 characters, without control characters. Only for reasons that the law asks for in words. */
export const text: Field<string, false> = {
  ...field<string>(
    'text',
    (value) =>
      typeof value === 'string' &&
      value.length > 0 &&
      value.length <= 2000 &&
      value.isWellFormed() &&
      !CONTROL.test(value),
  ),
  free: true,
}

/** The same field, which may be absent. */
export function maybe<T>(of: Field<T, false>): Field<T, true> {
  return { ...of, optional: true }
}

function field<T>(form: string, is: (value: unknown) => boolean): Field<T, false> {
  return { form, optional: false, is }
}

function matches(value: unknown, form: RegExp): value is string {
  return typeof value === 'string' && form.test(value)
}

// `Date.parse` moves 31 April to 1 May; written again it is another day.
function isDate(value: string): boolean {
  const time = Date.parse(value)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value.replace(/(?:\.\d{3})?Z$/, ''))
}
