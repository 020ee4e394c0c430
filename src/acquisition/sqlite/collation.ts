import type Database from 'better-sqlite3-multiple-ciphers'
import type { Problem } from '../../records/index.ts'
import type { Connection } from './connection.ts'

const BUILT_IN = new Set(['binary', 'nocase', 'rtrim'])
/** literals, comments and quoted names in one piece; anything else word by word */
const TOKENS =
  /'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"]|"")*"|\[[^\]]*\]|`(?:[^`]|``)*`|[\w$\u0080-\uffff]+|[\s\S]/g

/** Whether the schema names a collation that only the phone has. */
export function collationsUnknown(connection: Connection): boolean {
  const schema = connection.prepare("SELECT sql FROM sqlite_schema WHERE sql LIKE '%collate%'")
  return schema.all([]).some(({ sql }) => typeof sql === 'string' && withKnownCollations(sql) !== sql)
}

/** The statement with BINARY in the place of every collation that SQLite does not have itself. */
export function withKnownCollations(sql: string): string {
  let collate = false
  let text = ''
  for (const [token] of sql.matchAll(TOKENS)) {
    const blank = /^(\s|--|\/\*)/.test(token)
    if (collate && !blank) {
      collate = false
      text += BUILT_IN.has(unquoted(token).toLowerCase()) ? token : 'BINARY'
      continue
    }
    if (/^collate$/i.test(token)) collate = true
    text += token
  }
  return text
}

function unquoted(token: string): string {
  return /^["'`[]/.test(token) ? token.slice(1, -1) : token
}

/**
 * Makes a copy readable whose schema names collations that only the phone has (PHONEBOOK, LOCALIZED, UNICODE …): they become
 * BINARY. Indexes in such an order are left out of the copy, or made anew where they belong to a constraint, because looking
 * something up in one by another order would miss rows.
 */
export function supplyCollations(database: Database.Database, path: string): readonly Problem[] {
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
