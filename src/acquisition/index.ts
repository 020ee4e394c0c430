/**
 * Acquisition: opening what was given, read-only. Knows containers of files (folders, archives, backups) and how SQLite
 * keeps a database in several files. Does not know what any file means.
 * Invariant: nothing is ever written to or beside a source, and no plaintext of it to a disk.
 */
export * from './csv.ts'
export * from './errors.ts'
export * from './file-source.ts'
export * from './ios-backup/index.ts'
export type { ByteReader } from './byte-reader.ts'
export { openSealedSource, openSource } from './open.ts'
export * from './sqlite.ts'
export * from './plist/index.ts'
export * from './sqlite/index.ts'
