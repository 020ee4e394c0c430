import type { SqliteReader, SqlValue } from '../acquisition/index.ts'

/** No message has more parts and no contact more numbers than this; a row that claims to is cut here. */
const MOST_PER_PARENT = 1000

/**
 * Rows of a table that belong to a row of another: the parts of a message, the numbers of a contact. Asked per parent, in
 * the order of `order`. Where no index serves that, one pass over the two key columns makes one in memory (16 bytes a row),
 * so that cost stays linear on databases of versions that had none.
 */
export class ChildRows<T extends Record<string, SqlValue>> {
  readonly #database: SqliteReader
  readonly #table: string
  readonly #parent: string
  readonly #columns: string
  readonly #order: string
  readonly indexed: boolean
  #ask: ((parent: number | bigint) => T[]) | undefined

  /** `columns` is a select list over the table's own name; `order` names columns of the table and makes a total order. */
  constructor(database: SqliteReader, table: string, parent: string, columns: string, order: string) {
    this.#database = database
    this.#table = table
    this.#parent = parent
    this.#columns = columns
    this.#order = order
    this.indexed = isIndexed(database, table, parent)
  }

  of(parent: unknown): T[] {
    if (typeof parent !== 'number' && typeof parent !== 'bigint') return []
    this.#ask ??= this.indexed ? this.#byIndex() : this.#byPass()
    return this.#ask(parent)
  }

  #byIndex() {
    const statement = this.#database.prepare<T>(
      `SELECT ${this.#columns} FROM ${this.#table} WHERE ${this.#parent} = ? ORDER BY ${this.#order} LIMIT ${MOST_PER_PARENT}`,
    )
    return (parent: number | bigint) => statement.all(parent)
  }

  #byPass() {
    const parents: number[] = []
    const keys: number[] = []
    const pass = this.#database.iterate<{ parent: SqlValue; key: SqlValue }>(
      `SELECT ${this.#parent} AS parent, rowid AS key FROM ${this.#table} NOT INDEXED
       WHERE typeof(${this.#parent}) = 'integer' ORDER BY ${this.#parent}, ${this.#order}`,
    )
    for (const { parent, key } of pass) {
      parents.push(Number(parent))
      keys.push(Number(key))
    }
    const sorted = Float64Array.from(parents)
    const rows = Float64Array.from(keys)
    const statement = this.#database.prepare<T>(`SELECT ${this.#columns} FROM ${this.#table} WHERE rowid = ?`)
    return (parent: number | bigint) => {
      const found: T[] = []
      for (let at = lowest(sorted, Number(parent)); sorted[at] === Number(parent); at++) {
        const row = statement.get(rows[at] as number)
        if (row !== undefined) found.push(row)
        if (found.length === MOST_PER_PARENT) break
      }
      return found
    }
  }
}

/** Whether a lookup by one column is served by an index over the whole table. */
function isIndexed(database: SqliteReader, table: string, column: string): boolean {
  return database
    .all(`PRAGMA index_list("${table}")`)
    .filter(({ partial }) => partial !== 1)
    .some(({ name }) => {
      const columns = database.all(`PRAGMA index_info("${String(name).replaceAll('"', '""')}")`)
      return columns.find(({ seqno }) => seqno === 0)?.name === column
    })
}

function lowest(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}
