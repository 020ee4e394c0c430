import type { PeelRecord } from '../records/index.ts'
import type { Span } from './document.ts'
import type { Material } from './material.ts'
import { listed } from './words.ts'

/** Which clauses allow a record, and whether by themselves. */
export function clausesOf({ clauses, context }: PeelRecord): string {
  return `${clauses.length === 1 ? 'clause' : 'clauses'} ${listed(clauses)}${context ? ' (context)' : ''}`
}

/** A file by the report's own number for it, or by its path. */
export function fileOf(file: string, { databases }: Material): Span {
  const number = databases.get(file)
  return number === undefined ? { code: file } : { link: number, text: number }
}

/** Where in its file a record stood: table and row, where it is not a file of its own. */
export function rowOf({ provenance: { table, row, wal } }: PeelRecord): Span[] {
  const spans: Span[] = table === undefined ? [] : [{ code: `${table}${row === undefined ? '' : ` ${row}`}` }]
  return wal ? [...spans, ' with its log'] : spans
}

/** Where a record stood: its file, table and row. */
export function placeOf(record: PeelRecord, material: Material): Span[] {
  const row = rowOf(record)
  return [fileOf(record.provenance.file, material), ...(row.length > 0 ? [' ', ...row] : [])]
}
