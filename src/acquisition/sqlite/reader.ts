import type { Problem } from '../../records/index.ts'
import type { OpenedFile } from '../file-source.ts'
import type { SqliteReader, SqlValue } from '../sqlite.ts'
import type { Connection } from './connection.ts'
import { blamed } from './damage.ts'
import { readTables } from './tables.ts'

/** What is known of a database before anything is asked of it. */
export interface Facts {
  readonly path: string
  readonly wal: boolean
  opened(): Promise<readonly OpenedFile[]>
  readonly problems: readonly Problem[]
}

/** Puts an open connection behind the contract. Throws the engine's own error where not even the schema can be read. */
export function readerOver(connection: Connection, facts: Facts): SqliteReader {
  const guarded = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw blamed(error, facts.path)
    }
  }
  const version = Number(connection.prepare('PRAGMA user_version').get([])?.user_version ?? 0)
  const tables = readTables(connection)
  return {
    ...facts,
    version,
    tables,
    all: <T>(sql: string, ...values: SqlValue[]) => guarded(() => connection.prepare(sql).all(values) as T[]),
    *iterate<T>(sql: string, ...values: SqlValue[]) {
      try {
        for (const row of connection.prepare(sql).iterate(values)) yield row as T
      } catch (error) {
        throw blamed(error, facts.path)
      }
    },
    prepare<T>(sql: string) {
      const query = guarded(() => connection.prepare(sql))
      return {
        all: (...values: SqlValue[]) => guarded(() => query.all(values) as T[]),
        get: (...values: SqlValue[]) => guarded(() => query.get(values) as T | undefined),
      }
    },
    define: (name, compute) => connection.define(name, compute),
    close: () => connection.close(),
  }
}
