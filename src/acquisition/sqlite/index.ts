/**
 * SQLite databases of a source, each with its write-ahead log and rollback journal as one unit. Knows how SQLite lays out
 * its files and how to read a database that cannot be trusted; does not know what any table means.
 * Invariant: what comes out is what SQLite itself would show on the phone, nothing is written beside the source, and a
 * working copy that touches a disk is encrypted under a key that exists only in this process.
 */
export { openSqlite } from './open-sqlite.ts'
