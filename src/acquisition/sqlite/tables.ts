import type { Connection } from './connection.ts'

/** The most tables that are looked at. The fullest phone databases have some hundreds. */
const MOST_TABLES = 20_000

/**
 * The tables of a database with their columns. Views are named and not looked into: no known layout keeps records in one,
 * and a view can be made to cost any amount of time merely by being named. Computed columns are left out for the same
 * reason. A table is named without columns where they cannot be had, because a virtual table's module or tokenizer is not there, or its pages are damaged.
 */
export function readTables(connection: Connection): ReadonlyMap<string, ReadonlySet<string>> {
  const tables = new Names()
  const list = connection.prepare(
    `SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view') AND typeof(name) = 'text' LIMIT ${MOST_TABLES}`,
  )
  const columns = connection.prepare(`SELECT name FROM pragma_table_xinfo(?) WHERE hidden <> ${COMPUTED}`)
  for (const { name, type } of list.all([])) {
    let found: string[] = []
    try {
      if (type === 'table') found = columns.all([name!]).map((row) => String(row.name).toLowerCase())
    } catch {
      // Named without columns, so that no layout is recognised in it.
    }
    tables.set(String(name), new Set(found))
  }
  return tables
}

/** What table_xinfo says of a column that is not stored but computed when it is read, by whatever the schema says. */
const COMPUTED = 2

/** SQL does not tell upper from lower case in names, so neither does asking for one. */
class Names extends Map<string, ReadonlySet<string>> {
  readonly #stored = new Map<string, string>()

  override set(name: string, columns: ReadonlySet<string>): this {
    this.#stored.set(name.toLowerCase(), name)
    return super.set(name, columns)
  }

  override get(name: string): ReadonlySet<string> | undefined {
    return super.get(this.#stored.get(name.toLowerCase()) ?? name)
  }

  override has(name: string): boolean {
    return this.#stored.has(name.toLowerCase())
  }
}
