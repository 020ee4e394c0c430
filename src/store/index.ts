/**
 * Store: the service's database. Knows PostgreSQL, its tables and how they came about, and the embedded server that stands in where no
 * other is named. Does not know who may do what, and holds nothing that was taken from a phone, nor any key.
 * Invariant: the schema only ever goes forward, and an acknowledged transaction is on the disk.
 */
export { addressOfRunning, type Dump, withDump } from './dump.ts'
export { type DumpedTable, loadDump } from './load-dump.ts'
export { StoreError, type StoreErrorCode } from './errors.ts'
export { MIGRATIONS, migrate } from './migrate.ts'
export { openStore, type Store } from './store.ts'
export type * from './app-tables.ts'
export type * from './archive-tables.ts'
export type * from './tables.ts'
