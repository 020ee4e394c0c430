import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3-multiple-ciphers'
import { stampLog } from '../stamp-log.ts'

export type Value = string | number | bigint | Uint8Array | null
/** Puts one row in, by names of columns; returns its key. */
export type Insert<Column extends string = string> = (row: { readonly [Name in Column]?: Value }) => number

/** A database as iOS leaves it: deleted bytes not overwritten, and the last changes in a write-ahead log or nowhere else. */
export interface Store {
  /** Prepares insertions into columns of a table; those that a row does not name get what `always` says, or null. */
  into<Column extends string>(
    table: string,
    columns: readonly Column[],
    always?: { readonly [Name in Column]?: Value },
  ): Insert<Column>
  run(sql: string, ...values: readonly Value[]): void
  /** Ends filling: indexes and triggers are made, and everything so far goes into the file. What follows goes into its log. */
  settle(schema?: Schema): void
  /** Closes. With `log`, what was done since `settle` stays beside the file in `-wal`; without, it goes into the file. */
  close(log: boolean): void
}

export interface Schema {
  readonly indexes?: readonly string[]
  readonly triggers?: readonly string[]
  /** puts in the rows that will be deleted, after indexes have taken what space they need; returns what deletes them */
  readonly last?: () => () => void
  /** statements of the schema that cannot be executed here: by name, as iOS has them */
  readonly rewritten?: Readonly<Record<string, string>>
}

export interface StoreOptions {
  readonly tables: readonly string[]
  readonly pageSize?: number
  readonly incrementalVacuum?: true
  /** functions of iOS that the schema calls */
  readonly functions?: Readonly<Record<string, (...values: never[]) => Value>>
}

/** Makes a database at `path`, where nothing may be yet. The same calls give the same bytes. */
export function makeStore(path: string, options: StoreOptions): Store {
  const db = new Database(path)
  db.pragma(`page_size = ${options.pageSize ?? 4096}`)
  if (options.incrementalVacuum) db.pragma('auto_vacuum = 2')
  db.pragma('journal_mode = off')
  db.pragma('synchronous = off')
  db.pragma('secure_delete = off')
  db.pragma('foreign_keys = off')
  db.pragma('cache_size = -65536')
  for (const [name, compute] of Object.entries(options.functions ?? {}))
    db.function(name, { varargs: true, deterministic: false }, compute as (...values: unknown[]) => unknown)
  db.exec('BEGIN')
  for (const table of options.tables) db.exec(table)
  return {
    into: (table, columns, always = {}) => {
      const statement = db.prepare(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      )
      return (row) => Number(statement.run(...columns.map((name) => row[name] ?? always[name] ?? null)).lastInsertRowid)
    },
    run: (sql, ...values) => void db.prepare(sql).run(...values),
    settle: ({ indexes = [], triggers = [], last, rewritten = {} } = {}) => {
      for (const sql of indexes) db.exec(sql)
      const erase = last?.()
      if (erase) {
        // What is put in and deleted in one go never reaches the file.
        db.exec('COMMIT')
        db.exec('BEGIN')
        erase()
      }
      for (const sql of triggers) db.exec(sql)
      db.exec('COMMIT')
      if (Object.keys(rewritten).length > 0) {
        // Past the parser, which goes on with the schema that it can execute.
        db.unsafeMode(true)
        db.pragma('writable_schema = on')
        for (const [name, sql] of Object.entries(rewritten))
          db.prepare('UPDATE sqlite_schema SET sql = ? WHERE name = ?').run(sql, name)
        db.pragma('writable_schema = off')
        db.unsafeMode(false)
      }
      db.pragma('journal_mode = wal')
      db.pragma('wal_autocheckpoint = 0')
      db.exec('BEGIN')
    },
    close: (log) => {
      db.exec('COMMIT')
      // The last connection to close writes the log back and deletes it: so both files are taken while it is open.
      const wal = log ? stampLog(readFileSync(`${path}-wal`)) : undefined
      const file = log ? readFileSync(path) : undefined
      db.close()
      rmSync(`${path}-shm`, { force: true })
      if (wal === undefined || file === undefined) return
      writeFileSync(path, file)
      writeFileSync(`${path}-wal`, wal)
    },
  }
}
