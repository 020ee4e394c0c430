import type { Columns } from '../../../../actions/index.ts'
import { type Table, TABLES } from '../../../../recordings/index.ts'
import { field, type FieldError } from '../../../form.ts'
import type { Visit } from '../../../route.ts'
import { FIELD_WORDS, MEANINGS } from '../register-words.ts'

/** Fields whose time may stand in a column of its own, beside the date. */
export const MOMENTS: ReadonlySet<string> = new Set(['from', 'to', 'start', 'lifted'])

/** What somebody chose on the page of columns. */
export interface ChosenColumns {
  /** by field; '' where the register has no such column */
  readonly columns: Readonly<Record<string, string>>
  /** of moments: the column of the time of day */
  readonly times: Readonly<Record<string, string>>
  readonly lists: string
  readonly clock: string
  readonly durations: string
  /** by field and our word: theirs, with commas between them */
  readonly meanings: Readonly<Record<string, string>>
}

/** Every field of a table, those first without which no row can be read. */
export function fieldsOf(kind: Table): { field: string; text: string; needed: boolean }[] {
  const { needed, more } = TABLES[kind]
  const words = FIELD_WORDS[kind]
  return [
    ...needed.map((name) => ({ field: name, text: words[name] ?? name, needed: true })),
    ...more.map((name) => ({ field: name, text: words[name] ?? name, needed: false })),
  ]
}

/** As it is read now, or nothing chosen. */
export function chosenNow({ kind, mapping }: Columns): ChosenColumns {
  const columns = Object.fromEntries(fieldsOf(kind).map((one) => [one.field, mapping?.columns[one.field]?.[0] ?? '']))
  const times = Object.fromEntries([...MOMENTS].map((name) => [name, mapping?.columns[name]?.[1] ?? '']))
  const meanings = Object.fromEntries(
    (MEANINGS[kind] ?? []).map(({ field: name, ours }) => [
      `${name}-${ours}`,
      Object.entries(mapping?.words[name] ?? {})
        .filter(([, means]) => means === ours)
        .map(([word]) => word)
        .join(', '),
    ]),
  )
  const { lists = ';', clock = 'british', durations = 'seconds' } = mapping ?? {}
  return { columns, times, lists, clock, durations, meanings }
}

/** As a form says it. */
export function chosenIn(visit: Visit, kind: Table): ChosenColumns {
  const names = fieldsOf(kind).map((one) => one.field)
  return {
    columns: Object.fromEntries(names.map((name) => [name, field(visit, `column-${name}`)])),
    times: Object.fromEntries([...MOMENTS].map((name) => [name, field(visit, `time-${name}`)])),
    lists: field(visit, 'lists') || ';',
    clock: field(visit, 'clock') || 'british',
    durations: field(visit, 'durations') || 'seconds',
    meanings: Object.fromEntries(
      (MEANINGS[kind] ?? []).map(({ field: name, ours }) => [
        `${name}-${ours}`,
        field(visit, `meaning-${name}-${ours}`),
      ]),
    ),
  }
}

/** What is wrong with it, by field of the form. */
export function columnFaults({ kind, headings }: Columns, { columns, times }: ChosenColumns): FieldError[] {
  const errors: FieldError[] = []
  for (const { field: name, text, needed } of fieldsOf(kind)) {
    const column = columns[name] ?? ''
    if (column === '' && needed) errors.push({ field: `column-${name}`, text: `Select the column for ‘${text}’` })
    else if (column !== '' && !headings.includes(column))
      errors.push({ field: `column-${name}`, text: 'Select a column that the register has' })
    else if (column === '' && (times[name] ?? '') !== '')
      errors.push({ field: `column-${name}`, text: `Select the column of the date for ‘${text}’` })
  }
  return errors
}

/** The mapping that was chosen, as `peel-columns` has it. */
export function mappingOf({ kind, separator }: Columns, chosen: ChosenColumns): Record<string, unknown> {
  const columns: Record<string, string[]> = {}
  for (const { field: name } of fieldsOf(kind)) {
    const headings = [chosen.columns[name] ?? '', MOMENTS.has(name) ? (chosen.times[name] ?? '') : '']
    const said = headings.filter((heading) => heading !== '')
    if (said.length > 0) columns[name] = said
  }
  const words: Record<string, Record<string, string>> = {}
  for (const { field: name, ours } of MEANINGS[kind] ?? [])
    for (const word of (chosen.meanings[`${name}-${ours}`] ?? '').split(',').map((one) => one.trim()))
      if (word !== '') words[name] = { ...words[name], [word]: ours }
  const { lists, clock, durations } = chosen
  return { format: 'peel-columns/1', table: kind, separator, columns, lists, clock, durations, words }
}
