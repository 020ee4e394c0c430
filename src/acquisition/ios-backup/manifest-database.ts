import { AcquisitionError } from '../errors.ts'
import type { OpenFile, SourceFile } from '../file-source.ts'
import { unarchive } from '../plist/archive.ts'
import { parsePlist } from '../plist/plist.ts'
import { isDictionary, type PlistValue } from '../plist/value.ts'
import { openSqlite } from '../sqlite/open-sqlite.ts'
import type { SqliteReader } from '../sqlite.ts'
import type { Catalogue, FileFacts, VisitFile } from './catalogue.ts'
import { wrappedKey } from './key-bag.ts'

const REGULAR_FILE = 1

/**
 * Opens Manifest.db, the list of backups from iOS 10 on. `files` names it and what lies beside it; `open` opens one of them,
 * decrypted. Throws AcquisitionError DAMAGED where it is no such list.
 */
export async function openManifestDatabase(
  files: readonly SourceFile[],
  open: (file: SourceFile) => Promise<OpenFile>,
): Promise<{ catalogue: Catalogue; reader: SqliteReader }> {
  const source = {
    kind: 'folder' as const,
    device: {},
    about: [],
    files,
    missing: [],
    problems: [],
    open,
    close: async () => {},
  }
  const reader = await openSqlite(source, { path: 'Manifest.db' })
  const columns = reader.tables.get('Files')
  if (!['fileid', 'domain', 'relativepath', 'flags', 'file'].every((column) => columns?.has(column))) {
    reader.close()
    throw new AcquisitionError('DAMAGED', 'Manifest.db does not list files', 'get a whole copy of the backup')
  }
  return { catalogue: new ManifestDatabase(reader), reader }
}

class ManifestDatabase implements Catalogue {
  readonly #reader: SqliteReader
  readonly #facts: ReturnType<typeof factsOf>

  constructor(reader: SqliteReader) {
    this.#reader = reader
    this.#facts = factsOf(reader)
  }

  list(visit: VisitFile): void {
    // The plus keeps SQLite from going through the index of the flags, page after page in no order.
    const rows = this.#reader.iterate<Record<'id' | 'domain' | 'path', unknown>>(
      `SELECT fileID AS id, domain, relativePath AS path FROM Files WHERE +flags = ${REGULAR_FILE}`,
    )
    for (const { id, domain, path } of rows) visit(String(id), String(domain), String(path))
  }

  facts(id: string): FileFacts {
    const bytes = this.#facts.get(id)?.file
    if (!(bytes instanceof Uint8Array)) return {}
    const file: PlistValue = unarchive(parsePlist(bytes))
    if (!isDictionary(file)) return {}
    const { Size: size, EncryptionKey: key } = file
    return {
      size: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : undefined,
      key: key instanceof Uint8Array ? wrappedKey(key) : undefined,
    }
  }

  close(): void {
    this.#reader.close()
  }
}

function factsOf(reader: SqliteReader) {
  return reader.prepare<{ file: unknown }>('SELECT file FROM Files WHERE fileID = ?')
}
