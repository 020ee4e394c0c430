import type { Problem } from '../records/index.ts'
import type { FileSource, OpenedFile, SourceFile } from './file-source.ts'

export type SqlValue = string | number | bigint | Uint8Array | null

/**
 * A database of the source, with its write-ahead log, as one unit. Reading only. Columns come back by name; integers that
 * fit a double as number, the others as bigint, blobs as Uint8Array.
 */
export interface SqliteReader {
  /** path of the database in the source */
  readonly path: string
  /** whether committed frames of a write-ahead log were read with it */
  readonly wal: boolean
  /** `PRAGMA user_version` */
  readonly version: number
  /**
   * table → its columns, lower case; a table is found whatever the case of its name. Views, and virtual tables whose module is
   * not there, are included by name with no columns.
   */
  readonly tables: ReadonlyMap<string, ReadonlySet<string>>
  /**
   * Every file that was read for it with its digest: the database, `-wal`, `-journal`. May still be under way while the database
   * is asked; rejects with AcquisitionError UNREADABLE where a file could not be read to its end.
   */
  opened(): Promise<readonly OpenedFile[]>
  readonly problems: readonly Problem[]
  all<T = Record<string, SqlValue>>(sql: string, ...values: SqlValue[]): T[]
  iterate<T = Record<string, SqlValue>>(sql: string, ...values: SqlValue[]): IterableIterator<T>
  /** Compiles once, for queries that are asked per row. */
  prepare<T = Record<string, SqlValue>>(
    sql: string,
  ): { all(...values: SqlValue[]): T[]; get(...values: SqlValue[]): T | undefined }
  /** Makes a deterministic function of SQL. */
  define(name: string, compute: (...values: SqlValue[]) => SqlValue): void
  close(): void
}

/** Opens a database. Throws AcquisitionError `DAMAGED` where it is no database at all; what can be read is read. */
export type OpenSqlite = (source: FileSource, file: SourceFile) => Promise<SqliteReader>
