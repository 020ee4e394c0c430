import type { SqliteReader } from '../../acquisition/index.ts'

/**
 * The tables and columns that a database has, so that one query can be written for every version of a schema: what this
 * version lacks is NULL, and joins find at most one row whatever the database promises of its keys.
 */
export class Columns {
  readonly #database: SqliteReader
  readonly #tables = new Map<string, ReadonlySet<string>>()

  constructor(database: SqliteReader) {
    this.#database = database
    for (const [table, columns] of database.tables) this.#tables.set(table.toLowerCase(), lower(columns))
  }

  /** Whether the table is there with all of these columns. */
  has(table: string, ...columns: readonly string[]): boolean {
    const there = this.#tables.get(table.toLowerCase())
    return there !== undefined && columns.every((column) => there.has(column.toLowerCase()))
  }

  /** SQL of a column, NULL where this version does not have it. */
  of(table: string, alias: string, column: string): string {
    return this.has(table, column) ? `${alias}.${column}` : 'NULL'
  }

  /** SQL of a column's text, NULL where it is absent or is no text. */
  text(table: string, alias: string, column: string): string {
    const sql = this.of(table, alias, column)
    return sql === 'NULL' ? sql : `CASE WHEN typeof(${sql}) = 'text' THEN nullif(${sql}, '') END`
  }

  /**
   * A LEFT JOIN to the one row of `table` whose `key` equals the SQL `equals`; '' where the table is not there. Where `key`
   * is not the table's primary key, the row with the lowest rowid stands for all: a join must not multiply records.
   */
  one(table: string, alias: string, key: string, equals: string): string {
    if (!this.has(table, key)) return ''
    const rows = this.#isPrimaryKey(table, key) ? table : `(SELECT *, min(rowid) FROM ${table} GROUP BY ${key})`
    return ` LEFT JOIN ${rows} ${alias} ON ${alias}.${key} = ${equals}`
  }

  /** What of the wanted tables and columns is not there, in words, with the database's version; undefined when nothing. */
  lacking(wanted: Readonly<Record<string, readonly string[]>>): string | undefined {
    const missing = Object.entries(wanted).flatMap(([table, columns]) =>
      this.has(table)
        ? columns.filter((column) => !this.has(table, column)).map((column) => `column ${table}.${column}`)
        : [`table ${table}`],
    )
    if (missing.length === 0) return undefined
    return `no ${missing.join(', no ')} (user_version ${this.#database.version})`
  }

  #isPrimaryKey(table: string, key: string): boolean {
    const keys = this.#database.all<{ name: string; pk: number }>(`PRAGMA table_info("${table}")`)
    const primary = keys.filter(({ pk }) => pk !== 0)
    return primary.length === 1 && primary[0]?.name.toLowerCase() === key.toLowerCase()
  }
}

function lower(names: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...names].map((name) => name.toLowerCase()))
}

/** Whether a set of tables, as `recognises` gets it, holds a table with these columns. */
export function holds(
  tables: ReadonlyMap<string, ReadonlySet<string>>,
  table: string,
  ...columns: readonly string[]
): boolean {
  for (const [name, there] of tables) {
    if (name.toLowerCase() !== table.toLowerCase()) continue
    const known = lower(there)
    return columns.every((column) => known.has(column.toLowerCase()))
  }
  return false
}
