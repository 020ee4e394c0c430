import { type Moment, readMoment } from './british-moment.ts'
import { type ColumnMapping, positions, TABLES } from './column-mapping.ts'
import { type CsvFault, type CsvRecord, readCsv } from '../../../acquisition/index.ts'
import { MatchError } from './errors.ts'
import type { Telephones } from './telephone.ts'
import { ALWAYS, type Window } from './window.ts'

/** What was wrong with a row, by its line and field. What stood there is never repeated. */
export interface RowProblem {
  /** of the export, from 1 */
  readonly line: number
  readonly code:
    | CsvFault
    /** fewer or more cells than headings: what stands where cannot be told */
    | 'wrong_number_of_cells'
    /** a field without which the row says nothing is empty or cannot be read */
    | 'needed'
    | 'not_a_number'
    /** digits that are no whole number; kept as they are */
    | 'number_unclear'
    /** no date, or a time that clocks never showed */
    | 'not_a_time'
    | 'ends_before_it_begins'
    | 'not_a_duration'
    | 'word_not_known'
  readonly field?: string
  /**
   * whether the row counts nevertheless. Then what could not be read is taken so that more is kept: a time as open, a status
   * as live, a category as unclear
   */
  readonly row: 'kept' | 'left_out'
}

/** What was read of an export. Every row of it is in one of the two, or in both. */
export interface Reading<Row> {
  readonly rows: readonly Row[]
  readonly problems: readonly RowProblem[]
}

/** Lines before the headings: bills begin with an address. */
const PREAMBLE = 50

/**
 * Reads an export row by row through a mapping. `make` returns undefined where a row says nothing. Throws MatchError
 * HEADINGS_MISSING where the mapping is for another export.
 */
export function readRows<Row>(
  text: string,
  mapping: ColumnMapping,
  telephones: Telephones,
  make: (cells: Cells) => Row | undefined,
): Reading<Row> {
  const rows: Row[] = []
  const problems: RowProblem[] = []
  let places: ReadonlyMap<string, readonly number[]> | undefined
  let width = 0
  let before = 0
  for (const record of readCsv(text, mapping.separator)) {
    if (places === undefined) {
      places = positions(mapping, record.cells)
      width = record.cells.length
      if (places === undefined && ++before === PREAMBLE) break
      continue
    }
    if (record.fault !== undefined) problems.push({ line: record.line, code: record.fault, row: 'left_out' })
    else if (isEmpty(record)) continue
    else if (!fits(record, width)) problems.push({ line: record.line, code: 'wrong_number_of_cells', row: 'left_out' })
    else {
      const cells = new Cells(record, places, mapping, telephones)
      const row = make(cells)
      if (row !== undefined) rows.push(row)
      for (const problem of cells.problems) problems.push({ ...problem, row: row === undefined ? 'left_out' : 'kept' })
      if (row === undefined && cells.problems.length === 0)
        problems.push({ line: record.line, code: 'needed', row: 'left_out' })
    }
  }
  if (places === undefined)
    throw new MatchError(
      'HEADINGS_MISSING',
      `no line has the headings that are mapped to ${[...TABLES[mapping.table].needed].join(', ')} and the other fields`,
    )
  return { rows, problems }
}

function isEmpty({ cells }: CsvRecord): boolean {
  return cells.every((cell) => cell.trim() === '')
}

/** Some systems end every row with a separator. */
function fits({ cells }: CsvRecord, width: number): boolean {
  return cells.length === width || (cells.length > width && cells.slice(width).every((cell) => cell.trim() === ''))
}

/** The cells of one row by field; keeps what was wrong with them. */
export class Cells {
  readonly line: number
  readonly problems: Omit<RowProblem, 'row'>[] = []
  readonly #record: CsvRecord
  readonly #places: ReadonlyMap<string, readonly number[]>
  readonly #mapping: ColumnMapping
  readonly #telephones: Telephones

  constructor(
    record: CsvRecord,
    places: ReadonlyMap<string, readonly number[]>,
    mapping: ColumnMapping,
    telephones: Telephones,
  ) {
    this.line = record.line
    this.#record = record
    this.#places = places
    this.#mapping = mapping
    this.#telephones = telephones
  }

  /** Undefined where it is empty, or the export has no such column. */
  text(field: string): string | undefined {
    const places = this.#places.get(field)
    if (places === undefined) return undefined
    const cells = this.#record.cells
    const text = places.length === 1 ? cells[places[0] as number] : places.map((place) => cells[place]).join(' ')
    const trimmed = text?.trim()
    return trimmed === '' ? undefined : trimmed
  }

  /** As `text`; an empty one is a problem. */
  needed(field: string): string | undefined {
    const text = this.text(field)
    if (text === undefined) this.#wrong('needed', field)
    return text
  }

  list(field: string): string[] {
    const text = this.text(field)
    if (text === undefined) return []
    return text
      .split(/[\r\n]/)
      .flatMap((line) => line.split(this.#mapping.lists))
      .map((one) => one.trim())
      .filter((one) => one !== '')
  }

  /** Undefined where there is none; what is no number is a problem. */
  number(field: string): string | undefined {
    const text = this.text(field)
    return text === undefined ? undefined : this.#number(text, field)
  }

  /** In their order; undefined for each that cannot be read, which is a problem. */
  numbers(field: string): (string | undefined)[] {
    return this.list(field).map((text) => this.#number(text, field))
  }

  /** What a word means by the mapping, else by `meanings`, ours included. Unknown words are a problem. */
  word<Word extends string>(field: string, meanings: Readonly<Record<string, Word>>): Word | undefined {
    const text = this.text(field)
    return text === undefined ? undefined : this.meaning(field, text, meanings)
  }

  meaning<Word extends string>(
    field: string,
    text: string,
    meanings: Readonly<Record<string, Word>>,
  ): Word | undefined {
    const key = wordKey(text)
    const mapped = Object.entries(this.#mapping.words[field] ?? {}).find(([word]) => wordKey(word) === key)?.[1]
    const ours = wordKey(mapped ?? text)
    if (Object.hasOwn(meanings, ours)) return meanings[ours]
    this.#wrong('word_not_known', field)
    return undefined
  }

  moment(field: string): Moment | undefined {
    const text = this.text(field)
    if (text === undefined) return undefined
    const found = readMoment(text, this.#mapping.clock)
    if (found === undefined || !found.at.every(Number.isFinite)) {
      this.#wrong('not_a_time', field)
      return undefined
    }
    return found
  }

  /**
   * From the beginning of what `from` says to the end of what `to` says, by whichever reading is longest. Open where nothing is
   * said; where something is said that cannot be read, open and unsure.
   */
  window(): Window {
    const from = this.#end('from')
    const to = this.#end('to')
    const unsure = from === 'unreadable' || to === 'unreadable'
    const window = {
      from: typeof from === 'object' && from.at[0] !== undefined ? from.at[0] : -Infinity,
      to: typeof to === 'object' ? (to.at.at(-1) ?? Infinity) + to.lastsMs - 1 : Infinity,
    }
    if (window.from > window.to) {
      this.#wrong('ends_before_it_begins', 'to')
      return { ...ALWAYS, unsure: true }
    }
    return unsure ? { ...window, unsure } : window
  }

  #end(field: 'from' | 'to'): Moment | undefined | 'unreadable' {
    const text = this.text(field)
    if (text === undefined) return undefined
    const found = readMoment(text, this.#mapping.clock)
    // The end of time is an end, and its beginning a beginning; the other way round it is a mistake.
    if (found !== undefined && found.at[0] !== (field === 'from' ? Infinity : -Infinity)) return found
    this.#wrong('not_a_time', field)
    return 'unreadable'
  }

  /** In milliseconds. */
  duration(field: string): number | undefined {
    const text = this.text(field)
    if (text === undefined) return undefined
    const clock = /^(?:(\d{1,4}):)?(\d{1,4}):([0-5]\d)(?:[.,](\d{1,3}))?$/.exec(text)
    if (clock) {
      const [, hours = '0', minutes, seconds, fraction = '0'] = clock
      return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(`0.${fraction}`)) * 1000
    }
    if (/^\d{1,7}(?:\.\d{1,6})?$/.test(text))
      return Math.round(Number(text) * (this.#mapping.durations === 'minutes' ? 60_000 : 1000))
    this.#wrong('not_a_duration', field)
    return undefined
  }

  #number(text: string, field: string): string | undefined {
    const found = this.#telephones.of(text)
    if (found.is === 'none') return undefined
    if (found.is === 'unreadable') {
      this.#wrong('not_a_number', field)
      return undefined
    }
    if (found.is === 'unclear') this.#wrong('number_unclear', field)
    return found.number
  }

  #wrong(code: RowProblem['code'], field: string): void {
    this.problems.push({ line: this.line, code, field })
  }
}

function wordKey(word: string): string {
  return word
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_')
}
