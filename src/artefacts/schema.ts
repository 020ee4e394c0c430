import type { SqliteReader } from '../acquisition/index.ts'

type Tables = ReadonlyMap<string, ReadonlySet<string>>

/** Whether all of these columns are there. */
export function has(tables: Tables, table: string, ...columns: readonly string[]): boolean {
  const there = tables.get(table)
  return there !== undefined && columns.every((column) => there.has(column))
}

/** Says what of the wanted tables and columns a database lacks, and its version; undefined where it lacks nothing. */
export function lacking(
  database: Pick<SqliteReader, 'tables' | 'version'>,
  wanted: Readonly<Record<string, readonly string[]>>,
): string | undefined {
  const missing = Object.entries(wanted).flatMap(([table, columns]) => {
    const there = database.tables.get(table)
    if (there === undefined) return [`table ${table}`]
    return columns.filter((column) => !there.has(column)).map((column) => `column ${table}.${column}`)
  })
  return missing.length === 0 ? undefined : `no ${missing.join(', no ')} (user_version ${database.version})`
}

/**
 * A select list of columns under their own names (`_data` as `data`), NULL for those that this version of the table does not
 * have.
 */
export function selectList(tables: Tables, table: string, alias: string, columns: readonly string[]): string {
  return columns
    .map((column) => `${has(tables, table, column) ? `${alias}.${column}` : 'NULL'} AS ${column.replace(/^_/, '')}`)
    .join(', ')
}
