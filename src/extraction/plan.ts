import {
  AcquisitionError,
  type FileSource,
  type OpenedFile,
  openSqlite,
  type SourceFile,
} from '../acquisition/index.ts'
import type { Artefact } from '../artefacts/index.ts'
import type { Problem, RecordKind } from '../records/index.ts'
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

/** What looking into one file of unknown name came to. */
export interface LooseFile extends Unit {
  /** bytes of its beginning that were read to see whether it is a database */
  readonly bytesRead: number
  /** the database and its companions, where it is one: to list its tables it is read whole */
  readonly opened: readonly OpenedFile[]
  readonly problems: readonly Problem[]
}

/**
 * Looks for databases lying loose in a folder under names that tell nothing, and tells them by their tables. Only at most one
 * folder deep, where no artefact knows the path; in a whole phone nothing lies there. What is a database and nobody's is said.
 */
export async function locateLoose(source: FileSource, all: readonly Artefact[]): Promise<LooseFile[]> {
  if (!['folder', 'file', 'zip', 'tar'].includes(source.kind)) return []
  const found: LooseFile[] = []
  for (const file of source.files) {
    if (file.path.split('/').length > 2 || /-(wal|shm|journal)$/.test(file.path)) continue
    if (all.some((artefact) => artefact.locates(file.path))) continue
    found.push(await lookInto(source, file, all))
  }
  return found
}

async function lookInto(source: FileSource, file: SourceFile, all: readonly Artefact[]): Promise<LooseFile> {
  const start = await beginning(source, file)
  const looked = { file, artefacts: [], bytesRead: start.length, opened: [], problems: [] }
  if (start.toString('latin1') !== SQLITE_MAGIC) return looked
  try {
    const reader = await openSqlite(source, file)
    try {
      const { tables } = reader
      const opened = await reader.opened()
      const artefacts = all.filter((artefact) => artefact.type === 'database' && artefact.recognises(tables))
      const detail = `a database of ${tables.size} tables under a name that no artefact knows, and not one that any recognises`
      const problems = artefacts.length > 0 ? [] : [{ code: 'schema_not_recognised' as const, file: file.path, detail }]
      return { ...looked, artefacts, opened, problems }
    } finally {
      reader.close()
    }
  } catch (error) {
    if (!(error instanceof AcquisitionError)) throw error
    return { ...looked, problems: [{ code: 'database_damaged', file: file.path, detail: error.message }] }
  }
}

async function beginning(source: FileSource, file: SourceFile): Promise<Buffer> {
  try {
    const open = await source.open(file)
    try {
      return Buffer.from(await open.head(SQLITE_MAGIC.length))
    } finally {
      await open.close()
    }
  } catch (error) {
    if (!(error instanceof AcquisitionError)) throw error
    return Buffer.alloc(0)
  }
}
