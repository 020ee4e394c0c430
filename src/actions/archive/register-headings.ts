import { hash } from 'node:crypto'
import { readCsv, type Separator, SEPARATORS } from '../../acquisition/index.ts'
import { canonical } from '../../records/index.ts'
import { type ColumnMapping, mappingFor, ownMapping, type Table } from '../../recordings/index.ts'

/** Lines among which headings are looked for: bills begin with an address. */
const PREAMBLE = 50

/** The headings of an export, as far as they can be told. */
export interface Headings {
  readonly separator: Separator
  readonly headings: readonly string[]
  /** stands for them, without telling them */
  readonly digest: string
}

/**
 * Finds the line of headings: where a mapping is known, the line that it fits; else of the first lines the first of those with the most cells that say
 * something, each another thing. Undefined where there is none.
 */
export function headingsOf(text: string, mapping?: ColumnMapping): Headings | undefined {
  let best: { separator: Separator; headings: string[] } | undefined
  for (const separator of SEPARATORS)
    for (const cells of firstRecords(text, separator)) {
      if (mapping?.separator === separator && mappingFor(mapping.table, cells, [mapping]) !== undefined)
        return { separator, headings: cells.map((cell) => cell.trim()), digest: digestOf(cells) }
      const headings = cells.map((cell) => cell.trim())
      const said = headings.filter(isSaid)
      if (said.length === 0 || new Set(said).size !== said.length) continue
      if (best === undefined || said.length > best.headings.filter(isSaid).length) best = { separator, headings }
    }
  return best && { ...best, digest: digestOf(best.headings) }
}

function digestOf(cells: readonly string[]): string {
  const headings = cells.map((cell) => cell.trim())
  return hash('sha256', canonical(headings), 'hex')
}

/**
 * The mapping that reads an export: one that is remembered and fits, or else none is needed because its headings are the names of our fields. Undefined
 * where a person has to say what is what.
 */
export function guessedMapping(
  table: Table,
  text: string,
  remembered: readonly ColumnMapping[],
): ColumnMapping | undefined {
  for (const separator of SEPARATORS)
    for (const cells of firstRecords(text, separator)) {
      const fitting = remembered.filter((mapping) => mapping.separator === separator)
      const found = mappingFor(table, cells, fitting) ?? ownMapping(table, cells, separator)
      if (found !== undefined) return found
    }
  return undefined
}

function* firstRecords(text: string, separator: Separator): Generator<readonly string[]> {
  let seen = 0
  for (const { cells } of readCsv(text, separator)) {
    if (++seen > PREAMBLE) return
    yield cells
  }
}

/** A heading is a word: a line of numbers is somebody's row. */
function isSaid(heading: string): boolean {
  return /\p{L}/u.test(heading)
}
