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

/**
 * The devices of an archive, each at the place it keeps: what is found later comes behind. The first has place 0; files that lay in no folder have none.
 */
export function devicesOf(store: SealedStore): string[] {
  const kept = store.get<{ value: string }>("SELECT value FROM about WHERE key = 'devices'")
  const known = kept === undefined ? [] : (JSON.parse(kept.value) as string[])
  const found = store
    .all<{ device: string }>(
      "SELECT DISTINCT device FROM file WHERE kind = 'recording' AND device <> '' ORDER BY device",
    )
    .map(({ device }) => device)
  const all = [...new Set([...known, ...found])]
  if (all.length > known.length) store.run("INSERT OR REPLACE INTO about VALUES ('devices', ?)", JSON.stringify(all))
  return all
}

/** Takes a file out of the inventory, so that it is looked at again: it is not what it was. */
export function forgetFile(store: SealedStore, path: string): void {
  store.run('DELETE FROM file WHERE path = ?', path)
}
