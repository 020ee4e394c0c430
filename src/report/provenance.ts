import type { PeelRecord } from '../records/index.ts'
import type { Span } from './document.ts'
import type { Material } from './material.ts'
import { listed } from './words.ts'

/** Which clauses allow a record, and whether by themselves. */
export function clausesOf({ clauses, context }: PeelRecord): string {
  return `${clauses.length === 1 ? 'clause' : 'clauses'} ${listed(clauses)}${context ? ' (context)' : ''}`
}

/** Where a record stood: its database by the report's own number, table and row; or the file itself. */
export function placeOf({ provenance: { file, table, row, wal } }: PeelRecord, { databases }: Material): Span[] {
  const number = databases.get(file)
  const spans: Span[] = number === undefined ? [{ code: file }] : [{ link: number, text: number }]
  if (table !== undefined) spans.push(' ', { code: `${table}${row === undefined ? '' : ` ${row}`}` })
  if (wal) spans.push(' with its log')
  return spans
}
