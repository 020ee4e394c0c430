import { type Separator, SEPARATORS } from '../../../acquisition/index.ts'
import { MatchError } from './errors.ts'

interface Fields {
  /** without these no row can be read */
  readonly needed: readonly string[]
  readonly more: readonly string[]
  /** of these, the ones with several values in one cell */
  readonly lists?: readonly string[]
}

/** What is brought in from other systems, and what each can tell. */
export const TABLES = {
  /** who held which phone: from the asset register or device management */
  holdings: { needed: ['holder'], more: ['device', 'imei', 'number', 'from', 'to'] },
  /** the force's own bills: `line` is the force's number, `other` the one on the other side */
  bills: { needed: ['line', 'start'], more: ['other', 'duration', 'direction'] },
  /** the register of operations in which calls may be recorded */
  operations: { needed: ['id', 'people'], more: ['from', 'to'], lists: ['people'] },
  /** the case system's export: one row a case, or one a party or an officer */
  cases: {
    needed: ['occurrence'],
    more: ['status', 'oic', 'team', 'parties', 'roles', 'from', 'to'],
    lists: ['team', 'parties', 'roles'],
  },
  holds: { needed: ['id', 'on'], more: ['target', 'lifted'] },
  protected: { needed: ['number'], more: ['kind'] },
  /** what owners of phones said of their recordings */
  statements: { needed: ['says'], more: ['item', 'device', 'holder', 'number', 'from', 'to'] },
} as const satisfies Readonly<Record<string, Fields>>
export type Table = keyof typeof TABLES

/**
 * Which column of an export is which field, as a person said once. It is data: what is remembered of it reads the next export of
 * the same system without being asked again.
 */
export interface ColumnMapping {
  readonly format: 'peel-columns/1'
  readonly table: Table
  readonly separator: Separator
  /** field → heading; several headings where an export has a date and a time in columns of their own */
  readonly columns: Readonly<Record<string, readonly string[]>>
  /** what stands between the values of a list in one cell; a line break always does */
  readonly lists: ';' | ',' | '|' | '/'
  /** by which clock times without a zone are read */
  readonly clock: 'british' | 'utc'
  /** how a duration is written, where it is a number alone; with colons it is hours, minutes and seconds */
  readonly durations: 'seconds' | 'minutes'
  /** field → word in the export → our word, beside those that are understood anyway */
  readonly words: Readonly<Record<string, Readonly<Record<string, string>>>>
}

const MEMBERS = new Set(['format', 'table', 'separator', 'columns', 'lists', 'clock', 'durations', 'words'])

/** Reads a mapping as it is remembered. Throws MatchError MAPPING_INVALID. */
export function readMapping(value: unknown): ColumnMapping {
  const given = asObject(value, 'it')
  if (Object.keys(given).some((name) => !MEMBERS.has(name))) throw invalid('it has a member that is not known')
  if (given['format'] !== 'peel-columns/1') throw invalid('its format is not peel-columns/1')
  const table = oneOf(Object.keys(TABLES) as Table[], given['table'], 'table')
  const fields: Fields = TABLES[table]
  const columns = Object.entries(asObject(given['columns'], 'columns')).map(([field, headings]) => {
    if (![...fields.needed, ...fields.more].includes(field)) throw invalid(`${table} have no such field`)
    const list = typeof headings === 'string' ? [headings] : headings
    if (!isTexts(list) || list.length === 0 || list.some((one) => headingKey(one) === ''))
      throw invalid(`${field} is no heading`)
    return [field, list] as const
  })
  const missing = fields.needed.filter((field) => !columns.some(([one]) => one === field))
  if (missing.length > 0) throw invalid(`no column for ${missing.join(', ')}`)
  const words = Object.entries(asObject(given['words'] ?? {}, 'words')).map(([field, meanings]) => {
    const pairs = Object.entries(asObject(meanings, 'words'))
    if (!pairs.every((pair): pair is [string, string] => typeof pair[1] === 'string'))
      throw invalid('a word is no word')
    return [field, Object.fromEntries(pairs)] as const
  })
  return {
    format: 'peel-columns/1',
    table,
    separator: oneOf(SEPARATORS, given['separator'] ?? ',', 'separator'),
    columns: Object.fromEntries(columns),
    lists: oneOf([';', ',', '|', '/'], given['lists'] ?? ';', 'lists'),
    clock: oneOf(['british', 'utc'], given['clock'] ?? 'british', 'clock'),
    durations: oneOf(['seconds', 'minutes'], given['durations'] ?? 'seconds', 'durations'),
    words: Object.fromEntries(words),
  }
}

/**
 * The mapping, among those that are remembered, that fits these headings: all its columns are there, and no other has more.
 * Undefined where none fits, or two fit equally well: then a person is asked.
 */
export function mappingFor(
  table: Table,
  headings: readonly string[],
  remembered: readonly ColumnMapping[],
): ColumnMapping | undefined {
  const fitting = remembered
    .filter((mapping) => mapping.table === table && positions(mapping, headings) !== undefined)
    .map((mapping) => ({ mapping, columns: Object.values(mapping.columns).flat().length }))
    .sort((a, b) => b.columns - a.columns)
  return fitting[0] && fitting[0].columns !== fitting[1]?.columns ? fitting[0].mapping : undefined
}

/**
 * The mapping of an export whose headings are the names of our fields; undefined where one is missing without which no row can be read.
 */
export function ownMapping(table: Table, headings: readonly string[], separator: Separator): ColumnMapping | undefined {
  const { needed, more }: Fields = TABLES[table]
  const keys = new Set(headings.map(headingKey))
  if (needed.some((field) => !keys.has(field))) return undefined
  const fields = [...needed, ...more].filter((field) => keys.has(field))
  return readMapping({
    format: 'peel-columns/1',
    table,
    separator,
    columns: Object.fromEntries(fields.map((field) => [field, [field]])),
  })
}

/** Field → its columns, counted from 0; undefined where one is missing or stands there twice. */
export function positions(
  { columns }: ColumnMapping,
  headings: readonly string[],
): ReadonlyMap<string, readonly number[]> | undefined {
  const keys = headings.map(headingKey)
  const found = new Map<string, number[]>()
  for (const [field, names] of Object.entries(columns)) {
    const places = names.map((name) => keys.indexOf(headingKey(name)))
    if (places.some((place) => place === -1 || keys.indexOf(keys[place] as string, place + 1) !== -1)) return undefined
    found.set(field, places)
  }
  return found
}

function headingKey(heading: string): string {
  return heading.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ')
}

function asObject(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(`${what} is no object`)
  return value as Readonly<Record<string, unknown>>
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

function oneOf<const Value>(values: readonly Value[], given: unknown, what: string): Value {
  const found = values.find((value) => value === given)
  if (found === undefined)
    throw invalid(`${what} is not one of ${values.map((value) => JSON.stringify(value)).join(' ')}`)
  return found
}

function invalid(why: string): MatchError {
  return new MatchError('MAPPING_INVALID', `the mapping of columns cannot be used: ${why}`)
}
