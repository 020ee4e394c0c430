import type { SourceFile, SqliteReader } from '../acquisition/index.ts'
import type { DatabaseArtefact, ReadContext, RecordTable } from '../artefacts/index.ts'
import type { Found, Problem, Provenance } from '../records/index.ts'
import { factsOf, match, type ReadyClause, sqlText } from '../scope/index.ts'
import { recordTooLarge, rowTooLarge } from './bounds.ts'
import { contextRows } from './context.ts'
import { countTable, type ScopedTable, scopeTable } from './table.ts'
import type { Admission, Taker } from './taker.ts'
import type { Tally } from './tally.ts'

/** What reading one database needs. */
export interface DatabaseReading {
  readonly reader: SqliteReader
  readonly artefacts: readonly DatabaseArtefact[]
  readonly scope: readonly ReadyClause[]
  readonly taker: Taker
  readonly tally: Tally
  readonly file: (path: string) => SourceFile | undefined
  readonly problem: (problem: Problem) => void
  readonly step: () => void
}

/** Counts every asked-for table of one database and takes what the scope admits, in the order of tables and rows. */
export async function readDatabase(reading: DatabaseReading): Promise<void> {
  const { reader, scope, tally } = reading
  const tables = tablesOf(reading).flatMap((table) => scopeTable(reader, table, scope) ?? [])
  const context = contextRows(tables, scope)
  for (const table of tables) {
    const { total, left } = countTable(table)
    tally.found(table.table.kind, total)
    for (const [reason, count] of left) tally.left(table.table.kind, reason, count)
    await takeRows(reading, table, context.get(table) ?? new Map())
  }
}

type ContextOf = ReadonlyMap<number, readonly string[]>

/**
 * Reads the rows that the query selects, and takes them. The query has decided; the record in memory is asked once more, and
 * only what both admit is taken.
 */
async function takeRows(reading: DatabaseReading, scoped: ScopedTable, context: ContextOf): Promise<void> {
  const { reader, taker, step } = reading
  const { table, base, compiled } = scoped
  const admitted = sqlText(compiled.admitted)
  const select = `SELECT ${table.key} AS peel_key, ${table.columns} FROM ${table.from} WHERE ${base}`
  const rows =
    context.size === 0
      ? reader.iterate(`${select} AND ${admitted} ORDER BY ${table.key}`)
      : reader.iterate(
          `${select} AND (${admitted} OR ${table.key} IN (SELECT value FROM json_each(?))) ORDER BY ${table.key}`,
          JSON.stringify([...context.keys()]),
        )
  for (const row of rows) {
    const key = Number(row['peel_key'])
    const decided = decide(reading, scoped, row, context.get(key))
    if (decided === undefined) continue
    const { found, admission } = decided
    const provenance: Provenance = { file: reader.path, wal: reader.wal, table: table.table, row: key }
    const waiting =
      found.attachments.length > 0 && taker.takesMedia(admission)
        ? taker.takeWithMedia(found, provenance, admission, table.attachmentFiles?.(row) ?? [])
        : taker.take(found, provenance, admission)
    // Most records need no waiting, and waiting for nothing a million times is not nothing.
    if (waiting) await waiting
    step()
  }
}

function decide(
  { scope, tally, problem, reader }: DatabaseReading,
  { table }: ScopedTable,
  row: Readonly<Record<string, unknown>>,
  contextOf: readonly string[] | undefined,
): { found: Found; admission: Admission } | undefined {
  const found = readRow(table, row)
  if ('unreadable' in found) {
    problem({ code: 'row_unreadable', file: reader.path, detail: `${table.table}: ${found.unreadable}` })
    // A context row is already counted under the reason for which no clause admits it.
    if (contextOf === undefined) tally.left(table.kind, 'unreadable')
    return undefined
  }
  const verdict = match(factsOf(found), scope)
  if (verdict.admitted) return { found, admission: { clauses: verdict.clauses, context: false } }
  const reason = verdict.reason === 'not_asked_for' ? 'app' : verdict.reason
  if (contextOf !== undefined) {
    tally.left(table.kind, reason, -1)
    return { found, admission: { clauses: contextOf, context: true } }
  }
  problem({
    code: 'filters_disagree',
    file: reader.path,
    detail: `${table.table}: a row that only the query admits; left`,
  })
  tally.left(table.kind, reason)
  return undefined
}

function readRow(table: RecordTable, row: Readonly<Record<string, unknown>>): ReturnType<RecordTable['read']> {
  const tooLarge = rowTooLarge(row)
  if (tooLarge) return tooLarge
  const found = table.read(row)
  return 'unreadable' in found ? found : (recordTooLarge(found) ?? found)
}

function tablesOf({ reader, artefacts, file, problem }: DatabaseReading): RecordTable[] {
  const context: ReadContext = { file, path: reader.path, problem }
  const tables = artefacts.flatMap((artefact) => {
    const described = artefact.describe(reader, context)
    if (Array.isArray(described)) return described
    problem({ code: 'schema_not_recognised', file: reader.path, detail: described.notRecognised })
    return []
  })
  return tables.sort((a, b) => (a.table < b.table ? -1 : a.table > b.table ? 1 : a.kind < b.kind ? -1 : 1))
}
