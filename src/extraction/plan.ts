import { type FileSource, openSqlite, type SourceFile, type SqliteReader } from '../acquisition/index.ts'
import type { Artefact } from '../artefacts/index.ts'
import type { RecordKind } from '../records/index.ts'
import type { Scope } from '../scope/index.ts'

/** One file of the source and the artefacts that can read it. */
export interface Unit {
  readonly file: SourceFile
  readonly artefacts: readonly Artefact[]
}

/** Whether some clause asks for something that an artefact can give. */
export function isAskedFor(artefact: Pick<Artefact, 'yields'>, scope: Scope): boolean {
  return artefact.yields.some(({ kind, app }) =>
    scope.some((clause) => clause.records.includes(kind) && (clause.apps === undefined || clause.apps.includes(app))),
  )
}

/** Kinds that no clause asks for. */
export function notAskedFor(kinds: readonly RecordKind[], scope: Scope): RecordKind[] {
  return kinds.filter((kind) => !scope.some((clause) => clause.records.includes(kind)))
}

/** Finds by their paths the files that these artefacts read, in the order in which their records come. Opens nothing. */
export function locate(source: FileSource, artefacts: readonly Artefact[]): Unit[] {
  const units: Unit[] = []
  for (const file of source.files) {
    const readers = artefacts.filter((artefact) => artefact.locates(file.path))
    if (readers.length > 0) units.push({ file, artefacts: readers })
  }
  return units.sort((a, b) => (a.file.path < b.file.path ? -1 : 1))
}

const SQLITE_MAGIC = 'SQLite format 3\0'

/**
 * Finds databases lying loose in a folder under names that tell nothing, by the names of their tables. Looks only where no
 * path is known to any artefact, at most one folder deep, and closes what it does not recognise.
 */
export async function locateLoose(
  source: FileSource,
  all: readonly Artefact[],
): Promise<{ file: SourceFile; artefacts: Artefact[] }[]> {
  if (source.kind !== 'folder' && source.kind !== 'file' && source.kind !== 'zip' && source.kind !== 'tar') return []
  const found: { file: SourceFile; artefacts: Artefact[] }[] = []
  for (const file of source.files) {
    if (file.path.split('/').length > 2 || /-(wal|shm|journal)$/.test(file.path)) continue
    if (all.some((artefact) => artefact.locates(file.path)) || !(await isDatabase(source, file))) continue
    let reader: SqliteReader | undefined
    try {
      reader = await openSqlite(source, file)
      const tables = reader.tables
      const artefacts = all.filter((artefact) => artefact.type === 'database' && artefact.recognises(tables))
      if (artefacts.length > 0) found.push({ file, artefacts })
    } catch {
      // A damaged database under an unknown name is nobody's: it stays among the files that were not opened for records.
    } finally {
      reader?.close()
    }
  }
  return found
}

async function isDatabase(source: FileSource, file: SourceFile): Promise<boolean> {
  try {
    const open = await source.open(file)
    try {
      return Buffer.from(await open.head(16)).toString('latin1') === SQLITE_MAGIC
    } finally {
      await open.close()
    }
  } catch {
    return false
  }
}
