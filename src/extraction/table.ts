import type { SqliteReader } from '../acquisition/index.ts'
import type { RecordTable } from '../artefacts/index.ts'
import {
  type CompiledScope,
  CONDITIONS,
  compileSql,
  NOTHING_THERE,
  type Condition,
  type ReadyClause,
  type Reason,
  type Sql,
  sqlText,
} from '../scope/index.ts'

/** A table of records with the scope compiled over it. */
export interface ScopedTable {
  readonly table: RecordTable
  readonly reader: SqliteReader
  readonly compiled: CompiledScope
  /** rows that are records and may be read */
  readonly base: string
}

/** Compiles the scope over a table; undefined when no clause asks for its kind. */
export function scopeTable(
  reader: SqliteReader,
  table: RecordTable,
  scope: readonly ReadyClause[],
): ScopedTable | undefined {
  const compiled = compileSql(scope, table, {
    from: table.from,
    all: (sql) => reader.all(sql),
    define: (name, compute) => reader.define(name, compute),
  })
  if (compiled === undefined) return undefined
  const base = [table.where ?? '1', ...(table.never ?? []).map(({ where }) => `NOT coalesce((${where}), 0)`)]
    .map((part) => `(${part})`)
    .join(' AND ')
  return { table, reader, compiled, base }
}

/** How many records a table holds, and how many of them the query leaves, by reason. Counts; reads no record. */
export function countTable({ table, reader, compiled, base }: ScopedTable): {
  total: number
  left: [Reason, number][]
} {
  const count = (where: string) =>
    Number(
      reader.all<{ n: number }>(`SELECT count(*) AS n FROM ${bareFrom(reader, table, where)} WHERE ${where}`)[0]?.n ??
        0,
    )
  const where = table.where ?? '1'
  const total = count(where)
  const left: [Reason, number][] = []
  let readable = total
  for (const { reason, where: never } of table.never ?? []) {
    const hidden = count(`(${where}) AND coalesce((${never}), 0)`)
    left.push([reason, hidden])
    readable -= hidden
  }
  let before = readable
  let reachedBefore: Sql = true
  for (const condition of CONDITIONS) {
    const reached = compiled.reached[condition]
    const after =
      reached === reachedBefore
        ? before
        : reached === true
          ? readable
          : reached === false
            ? 0
            : count(`${base} AND ${sqlText(reached)}`)
    if (after < before) {
      const nothing = countNothing(
        compiled,
        condition,
        reachedBefore,
        (part) => count(`${base} AND ${part}`),
        before - after,
      )
      left.push([NOTHING_THERE[condition], nothing], [condition, before - after - nothing])
    }
    before = after
    reachedBefore = reached
  }
  return { total, left: left.filter(([, number]) => number > 0) }
}

/** The table without its joins, which neither add nor drop rows, where the condition can be asked of it alone. */
function bareFrom(reader: SqliteReader, table: RecordTable, where: string): string {
  if (table.rows === undefined) return table.from
  try {
    reader.prepare(`SELECT count(*) FROM ${table.rows} WHERE ${where}`)
    return table.rows
  } catch {
    return table.from
  }
}

function countNothing(
  compiled: CompiledScope,
  condition: Condition,
  reached: Sql,
  count: (where: string) => number,
  all: number,
): number {
  const empty = compiled.empty[condition]
  if (empty === false) return 0
  if (empty === true) return all
  return count(`${sqlText(reached)} AND ${empty} AND NOT coalesce(${sqlText(compiled.reached[condition])}, 0)`)
}
