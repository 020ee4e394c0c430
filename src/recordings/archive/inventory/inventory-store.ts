import { SealedStore } from '../../../vault/index.ts'

/** What a file of an archive is to us. */
export type FileKind =
  /** sound, or a name that says so */
  | 'recording'
  /** what a recorder wrote beside one */
  | 'sidecar'
  /** a recorder's own list */
  | 'database'
  /** anything else: hashed and left alone */
  | 'other'
  /** it could not be read to its end */
  | 'unreadable'

const SCHEMA = `
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
  path TEXT PRIMARY KEY,
  device TEXT NOT NULL,
  kind TEXT NOT NULL,
  bytes INTEGER,
  sha256 BLOB,
  named TEXT,
  audio TEXT,
  said TEXT
) WITHOUT ROWID;
CREATE INDEX file_by_digest ON file (sha256) WHERE kind = 'recording';
CREATE TABLE expected (database TEXT NOT NULL, row INTEGER NOT NULL, facts TEXT NOT NULL, PRIMARY KEY (database, row)) WITHOUT ROWID;
CREATE TABLE problem (code TEXT NOT NULL, file TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL, PRIMARY KEY (code, file, detail)) WITHOUT ROWID;
`

/** The inventory of an archive: sealed, because the names of its files are people's numbers. */
export async function createInventory(folder: string, recipients: readonly string[]): Promise<SealedStore> {
  return SealedStore.create(folder, recipients, SCHEMA)
}
