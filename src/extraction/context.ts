import { instant } from '../records/index.ts'
import { type ReadyClause, sqlText } from '../scope/index.ts'
import type { ScopedTable } from './table.ts'

/** For each table: the rows that stand beside an admitted one, and the clauses that ask for them. */
export type ContextRows = ReadonlyMap<ScopedTable, ReadonlyMap<number, readonly string[]>>

/** A message's place in its conversation. */
interface Place<T> {
  readonly ref: T
  readonly time: number
  /** whether the clause in question admits it */
  readonly hit: boolean
}

interface Row {
  readonly table: ScopedTable
  readonly row: number
}

/**
 * Finds the messages either side of each admitted one, in the same conversation (which may lie in several tables of one
 * file), by time and then by table and row. Messages with no usable time have no place in the order and are neither
 * context nor given any. A message that a clause admits is not context of that clause.
 */
export function contextRows(tables: readonly ScopedTable[], scope: readonly ReadyClause[]): ContextRows {
  const context = new Map<ScopedTable, Map<number, string[]>>()
  for (const ready of scope) {
    const reach = ready.clause.context ?? 0
    if (reach === 0) continue
    const talking = tables.filter(
      ({ table }) => table.kind === 'message' && table.thread !== undefined && table.time !== undefined,
    )
    const threads = new Set<string | number>()
    for (const table of talking) for (const thread of threadsOf(table, ready)) threads.add(thread)
    if (threads.size === 0) continue
    for (const places of conversations(talking, ready, threads).values())
      for (const { table, row } of beside(places, reach)) {
        const rows = context.get(table) ?? new Map<number, string[]>()
        context.set(table, rows)
        const clauses = rows.get(row) ?? []
        rows.set(row, clauses)
        clauses.push(ready.clause.id)
      }
  }
  return context
}

function admits(scoped: ScopedTable, ready: ReadyClause): string {
  return sqlText(scoped.compiled.clauses.find(({ id }) => id === ready.clause.id)?.admitted ?? false)
}

function threadsOf(scoped: ScopedTable, ready: ReadyClause): (string | number)[] {
  const { table, reader, base } = scoped
  return reader
    .all<{ thread: string | number | null }>(
      `SELECT DISTINCT ${table.thread} AS thread FROM ${table.from} WHERE ${base} AND ${admits(scoped, ready)}`,
    )
    .flatMap(({ thread }) => (thread === null ? [] : [thread]))
}

/** Every conversation with an admitted message, in order. Reads keys and times, no content. */
function conversations(
  tables: readonly ScopedTable[],
  ready: ReadyClause,
  threads: ReadonlySet<string | number>,
): Map<string, Place<Row>[]> {
  const wanted = `(SELECT value FROM json_each('${JSON.stringify([...threads]).replaceAll("'", "''")}'))`
  const byThread = new Map<string, Place<Row>[]>()
  for (const scoped of tables) {
    const { table, reader, base } = scoped
    const rows = reader.iterate<{ row: number; thread: string | number; time: number | bigint | null; hit: number }>(
      `SELECT ${table.key} AS row, ${table.thread} AS thread, ${table.time?.sql} AS time, coalesce(${admits(scoped, ready)}, 0) AS hit
       FROM ${table.from} WHERE ${base} AND ${table.thread} IN ${wanted}`,
    )
    const app = typeof table.app === 'string' ? table.app : ''
    for (const { row, thread, time, hit } of rows) {
      const ms =
        typeof time === 'number' || typeof time === 'bigint'
          ? instant(time, table.time?.encoding ?? 'unix_milliseconds')
          : undefined
      if (ms === undefined) continue
      const key = `${app}\n${thread}`
      const places = byThread.get(key) ?? []
      byThread.set(key, places)
      places.push({ ref: { table: scoped, row: Number(row) }, time: ms, hit: hit === 1 })
    }
  }
  for (const places of byThread.values())
    places.sort(
      (a, b) => a.time - b.time || tables.indexOf(a.ref.table) - tables.indexOf(b.ref.table) || a.ref.row - b.ref.row,
    )
  return byThread
}

/** What stands at most `reach` places before or after a hit and is none itself. `places` are one conversation, in order. */
export function beside<T>(places: readonly Place<T>[], reach: number): T[] {
  const found = new Set<number>()
  let after = 0
  places.forEach((place, at) => {
    if (place.hit) {
      for (let back = Math.max(0, at - reach); back < at; back++) if (!places[back]?.hit) found.add(back)
      after = reach
    } else if (after > 0) {
      found.add(at)
      after--
    }
  })
  return [...found].map((at) => (places[at] as Place<T>).ref)
}
