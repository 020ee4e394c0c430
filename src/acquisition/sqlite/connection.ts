import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import Database from 'better-sqlite3-multiple-ciphers'
import type { SqlValue } from '../sqlite.ts'
import { bound, exactRow, exactValue, namedRow, type Row } from './exact-number.ts'

/** A database that is open for reading, whichever engine reads it. Errors are the engine's own. */
export interface Connection {
  prepare(sql: string): Query
  define(name: string, compute: (...values: SqlValue[]) => SqlValue): void
  close(): void
}

export interface Query {
  all(values: readonly SqlValue[]): Row[]
  get(values: readonly SqlValue[]): Row | undefined
  iterate(values: readonly SqlValue[]): IterableIterator<Row>
}

/**
 * What holds for every database of a source, since its schema is as foreign as its rows: nothing in it may call a function
 * that does something, no page may point outside itself, nothing is written, and sorting never spills onto a disk.
 */
const GUARDS = [
  'trusted_schema = OFF',
  'cell_size_check = ON',
  'query_only = ON',
  'temp_store = MEMORY',
  'mmap_size = 0',
  'cache_size = -32000',
]

/** Wraps a database that SQLite3MultipleCiphers has open: one in memory, or a sealed copy. */
export function onCopy(database: Database.Database, close: () => void): Connection {
  for (const guard of GUARDS) database.pragma(guard)
  return {
    prepare(sql) {
      const statement = database.prepare<unknown[], Row>(sql).safeIntegers()
      return {
        all: (values) => {
          const rows = statement.all(...values.map(bound))
          for (const row of rows) exactRow(row)
          return rows
        },
        get: (values) => {
          const row = statement.get(...values.map(bound))
          return row && exactRow(row)
        },
        *iterate(values) {
          for (const row of statement.iterate(...values.map(bound))) yield exactRow(row)
        },
      }
    },
    define(name, compute) {
      const options = { deterministic: true, directOnly: true, varargs: true, safeIntegers: true }
      database.function(name, options, (...values) => bound(compute(...(values as SqlValue[]).map(exactValue))))
    },
    close() {
      database.close()
      close()
    },
  }
}

/**
 * Opens a database where it lies. `immutable` tells SQLite that nobody writes: it takes no locks, makes no files beside it
 * and does not look for a write-ahead log. Only node:sqlite is built to take such a name.
 */
export function inPlace(path: string): Connection {
  const name = `${pathToFileURL(path).href}?immutable=1`
  const database = new DatabaseSync(name, {
    readOnly: true,
    allowExtension: false,
    enableForeignKeyConstraints: false,
    defensive: true,
  })
  for (const guard of GUARDS) database.exec(`PRAGMA ${guard}`)
  return {
    prepare(sql) {
      const statement = database.prepare(sql)
      statement.setReadBigInts(true)
      // Rows as arrays: as objects they come without a prototype, which the other engine's have, and cost twice as much.
      statement.setReturnArrays(true)
      const names = statement.columns().map(({ name }) => name ?? '')
      const row = (values: unknown) => namedRow(names, values as readonly SqlValue[])
      return {
        all: (values) => statement.all(...values.map(bound)).map(row),
        get: (values) => {
          const found = statement.get(...values.map(bound))
          return found && row(found)
        },
        *iterate(values) {
          for (const found of statement.iterate(...values.map(bound))) yield row(found)
        },
      }
    },
    define(name, compute) {
      const options = { deterministic: true, directOnly: true, varargs: true, useBigIntArguments: true }
      database.function(name, options, (...values) => bound(compute(...(values as SqlValue[]).map(exactValue))))
    },
    close: () => database.close(),
  }
}
