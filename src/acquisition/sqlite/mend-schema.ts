import type Database from 'better-sqlite3-multiple-ciphers'
import type { Problem } from '../../records/index.ts'
import { withKnownCollations } from './collation.ts'

/**
 * Makes a copy of a database readable whose schema is not: statements that cannot be parsed are passed over, and collations
 * that only the phone has are replaced. Only ever done to a copy of ours. Returns what cannot be put right.
 */
export function mendSchema(database: Database.Database, path: string): readonly Problem[] {
  const problems = [...forgive(database, path), ...supplyCollations(database, path)]
  // Replacing makes SQLite read the schema once more, and forget that it was forgiving.
  if (problems.length > 0) forgive(database, path)
  return problems
}

/** Where a statement of the schema cannot be parsed, has SQLite load the others. */
function forgive(database: Database.Database, path: string): Problem[] {
  try {
    database.prepare('SELECT 1 FROM sqlite_schema').get()
    return []
  } catch (error) {
    if (!(error as Error).message.startsWith('malformed database schema')) throw error
    database.unsafeMode(true)
    database.pragma('writable_schema = ON')
    database.unsafeMode(false)
    const detail = 'its schema cannot be parsed whole; tables that cannot be read are named without columns'
    return [{ code: 'database_damaged', file: path, detail }]
  }
}

/**
 * Collations that only the phone has (PHONEBOOK, LOCALIZED, UNICODE …) become BINARY. Indexes in such an order are left out of the copy, or made anew where they belong to a constraint, because looking
 * something up in one by another order would miss rows.
 */
function supplyCollations(database: Database.Database, path: string): readonly Problem[] {
  try {
    const changes = changesOf(database)
    if (changes.size === 0) return []
    const indexes = indexesInUnknownOrder(database)
    // A copy of ours: what SQLite guards against here, a schema changed under its feet, is what is wanted.
    database.unsafeMode(true)
    database.pragma('journal_mode = OFF')
    database.pragma('writable_schema = ON')
    const change = database.prepare('UPDATE sqlite_schema SET sql = ? WHERE rowid = ?')
    for (const [rowid, sql] of changes) change.run(sql, rowid)
    const leaveOut = database.prepare("DELETE FROM sqlite_schema WHERE type = 'index' AND name = ? AND sql IS NOT NULL")
    for (const { name, origin } of indexes) if (origin === 'c') leaveOut.run(name)
    database.pragma('writable_schema = RESET')
    for (const { name, origin, rowless } of indexes)
      if (origin !== 'c' && !rowless) database.exec(`REINDEX "${name.replaceAll('"', '""')}"`)
    return indexes.some((index) => index.rowless)
      ? [odd(path, 'a table is kept in an order that is not known here')]
      : []
  } catch {
    return [odd(path, 'collations that are not known here could not be replaced')]
  } finally {
    database.unsafeMode(false)
  }
}

/** rowid of the schema → the statement that it becomes */
function changesOf(database: Database.Database): Map<number, string> {
  const changes = new Map<number, string>()
  const schema = database.prepare<[], { rowid: number; sql: unknown }>(
    "SELECT rowid, sql FROM sqlite_schema WHERE sql LIKE '%collate%'",
  )
  for (const { rowid, sql } of schema.all()) {
    if (typeof sql !== 'string') continue
    const known = withKnownCollations(sql)
    if (known !== sql) changes.set(rowid, known)
  }
  return changes
}

interface Index {
  readonly name: string
  /** `c` made by CREATE INDEX, `u` and `pk` by a constraint */
  readonly origin: string
  /** its table is WITHOUT ROWID, and may be kept in this very order */
  readonly rowless: boolean
}

function indexesInUnknownOrder(database: Database.Database): Index[] {
  const found = database.prepare<[], { name: string; origin: string; wr: number }>(`
    SELECT DISTINCT i.name, i.origin, t.wr
    FROM pragma_table_list t, pragma_index_list(t.name) i, pragma_index_xinfo(i.name) x
    WHERE t.schema = 'main' AND t.type = 'table' AND lower(x.coll) NOT IN ('binary', 'nocase', 'rtrim')`)
  return found.all().map(({ name, origin, wr }) => ({ name, origin, rowless: wr === 1 && origin === 'pk' }))
}

function odd(file: string, detail: string): Problem {
  return { code: 'database_damaged', file, detail: `${detail}: look-ups by it may miss rows` }
}
