import Database from 'better-sqlite3-multiple-ciphers'
import type { ContainerKey } from './container-key.ts'
import { damaged } from './errors.ts'

/**
 * The database of a container: SQLCipher, 4,096-byte pages, AES-256-CBC, HMAC-SHA1 (docs/decisions/0003), a raw key, so that
 * the `sqlcipher` of Debian opens it as well as SQLCipher 4. Schema in docs/formats/extract.md.
 */
export type RecordsDatabase = Database.Database

const SCHEMA = `
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE record (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  app TEXT NOT NULL,
  time_ms INTEGER,
  context INTEGER NOT NULL,
  leaf BLOB NOT NULL,
  json TEXT NOT NULL
);
CREATE TABLE payload (
  id TEXT PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE,
  bytes INTEGER NOT NULL,
  sealed_sha256 BLOB NOT NULL,
  sealed_bytes INTEGER NOT NULL,
  header TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE source_file (path TEXT PRIMARY KEY, bytes INTEGER NOT NULL, sha256 BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE problem (code TEXT NOT NULL, file TEXT, detail TEXT NOT NULL);
CREATE VIRTUAL TABLE record_words USING fts5(
  words, content='', columnsize=0, tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* S* Co'"
);
`

/** Creates the database of a new container. Nothing is on disk in plaintext at any time. */
export function createRecordsDatabase(path: string, key: ContainerKey): RecordsDatabase {
  const database = new Database(path)
  unlock(database, key.database)
  // A container is finished or thrown away: a journal would only be one more file to keep clean.
  database.pragma('journal_mode = off')
  database.pragma('synchronous = off')
  database.pragma('temp_store = memory')
  // With less room pages are sealed and written before they are full, and then again.
  database.pragma('cache_size = -16000')
  database.exec(SCHEMA)
  return database
}

/** Opens the database of a container for reading. Throws VaultError WRONG_KEY or DAMAGED. */
export function openRecordsDatabase(path: string, key: ContainerKey): RecordsDatabase {
  let database: RecordsDatabase | undefined
  try {
    database = new Database(path, { readonly: true, fileMustExist: true })
    unlock(database, key.database)
    database.pragma('temp_store = memory')
    database.pragma('trusted_schema = off')
    database.prepare('SELECT count(*) FROM about').get()
    return database
  } catch (cause) {
    database?.close()
    throw damaged('records.db cannot be opened', cause)
  }
}

/** Says how pages are sealed, and gives the raw key, of 32 bytes. */
export function unlock(database: RecordsDatabase, key: Buffer): void {
  database.pragma("cipher = 'sqlcipher'")
  database.pragma('legacy = 4')
  database.pragma('legacy_page_size = 4096')
  database.pragma('hmac_algorithm = 0')
  database.pragma('kdf_algorithm = 0')
  database.pragma(`key = "${rawKey(key)}"`)
}

/** A raw key as SQLCipher takes it. */
export function rawKey(key: Buffer): string {
  return `x'${key.toString('hex')}'`
}
