import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3-multiple-ciphers'
import { stampLog } from '../stamp-log.ts'

export type Value = string | number | bigint | Uint8Array | null
/** Puts one row in, by column; every call names the same columns. Returns the row's key. */
export type Insert = (row: Readonly<Record<string, Value>>) => number

/**
 * A database as Android leaves it: UTF-8, 4096-byte pages, `auto_vacuum` full, deleted bytes not overwritten, and the last
 * changes in a write-ahead log. The same calls give the same bytes.
 */
export interface PhoneDatabase {
  into(table: string): Insert
  run(sql: string, ...values: readonly Value[]): void
  /** Ends filling: everything so far goes into the file. `schema` is set down as the phone has it and never executed here. */
  settle(schema: SchemaText): void
  /** Closes, leaving what was done since `settle` in the log beside the file. Call `settle` first. */
  close(): void
}

/** What stands in the schema and what SQLite without Android's additions could not execute, or must not. */
export interface SchemaText {
  /** triggers; several of AOSP's ask the clock, so none may fire while a sample is made */
  readonly triggers?: readonly string[]
  /** replacements in the text of tables and indices: collations and tokenizers that only the phone has */
  readonly replace?: readonly { readonly name: string; readonly from: string; readonly to: string }[]
}

/** Makes a database at `path`; nothing may be there. `version` becomes `user_version`. */
export function makeDatabase(path: string, version: number, tables: readonly string[]): PhoneDatabase {
  const db = new Database(path)
  db.pragma('auto_vacuum = 1')
  db.pragma('journal_mode = off')
  db.pragma('synchronous = off')
  db.pragma('secure_delete = off')
  db.pragma('foreign_keys = off')
  db.pragma('cache_size = -16384')
  db.exec('CREATE TABLE android_metadata (locale TEXT)')
  db.exec("INSERT INTO android_metadata VALUES ('en_GB')")
  for (const table of tables) db.exec(table)
  db.pragma(`user_version = ${version}`)
  db.exec('BEGIN')

  return {
    into: (table) => {
      let statement: Database.Statement | undefined
      return (row) => {
        if (!statement) {
          const columns = Object.keys(row)
          const places = columns.map((column) => `@${column}`)
          statement = db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')})`)
        }
        return Number(statement.run(row).lastInsertRowid)
      }
    },
    run: (sql, ...values) => void db.prepare(sql).run(...values),
    settle: ({ triggers = [], replace = [] }) => {
      db.exec('COMMIT')
      // Written past the parser, so that this connection goes on with the schema that it can execute.
      db.unsafeMode(true)
      db.pragma('writable_schema = on')
      const schema = db.prepare(
        'INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, 0, ?)',
      )
      for (const sql of triggers) schema.run('trigger', ...namesOf(sql), sql)
      for (const { name, from, to } of replace)
        db.prepare('UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = ?').run(from, to, name)
      db.pragma('writable_schema = off')
      db.unsafeMode(false)
      db.pragma('journal_mode = wal')
      db.pragma('wal_autocheckpoint = 0')
      db.exec('BEGIN')
    },
    close: () => {
      db.exec('COMMIT')
      // The last connection to close writes the log back, unless it may not write: a reader holds the log open past the writer.
      const reader = new Database(path, { readonly: true })
      try {
        reader.prepare('SELECT count(*) FROM sqlite_schema').get()
      } catch {
        // A schema that only the phone can read; the log is open all the same.
      }
      db.close()
      reader.close()
      rmSync(`${path}-shm`, { force: true })
      writeFileSync(`${path}-wal`, stampLog(readFileSync(`${path}-wal`)))
    },
  }
}

function namesOf(trigger: string): [string, string] {
  const found = /^CREATE TRIGGER (\w+)[\s\S]*? ON (\w+)/.exec(trigger)
  if (!found?.[1] || !found[2]) throw new Error('not a trigger')
  return [found[1], found[2]]
}
