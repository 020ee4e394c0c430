import {
  AcquisitionError,
  type FileSource,
  type OpenedFile,
  openSqlite,
  type SourceFile,
} from '../../acquisition/index.ts'
import type { Problem } from '../../records/index.ts'
import type { NeverRead } from '../artefact.ts'
import { has } from '../schema.ts'

/** The library of the Photos app, beside the DCIM folder of an iPhone. */
const LIBRARY = /^(|.*\/)PhotoData\/Photos\.sqlite$/

/** The table of pictures by the names it has had: from iOS 14 on, and before. */
const TABLES = ['ZASSET', 'ZGENERICASSET'] as const
const COLUMNS = ['ztrashedstate', 'zdirectory', 'zfilename'] as const

/** More than anybody deletes in a month; a library that says more is not believed. */
const MOST = 1_000_000

/**
 * Finds the pictures that the user deleted and iOS still keeps in DCIM for up to 40 days: only the library says so. Of the
 * library nothing is read but folder and name of those. The film of a Live Photo has no row of its own and goes with its picture.
 */
export async function recentlyDeleted(source: FileSource, located: readonly string[]): Promise<NeverRead> {
  const paths = new Set<string>()
  const opened: OpenedFile[] = []
  const problems: Problem[] = []
  for (const library of source.files) {
    const media = LIBRARY.exec(library.path)?.[1]
    if (media === undefined || !located.some((path) => path.startsWith(`${media}DCIM/`))) continue
    for (const deleted of await trashed(source, library, opened, problems)) {
      paths.add(`${media}${deleted}`)
      const still = /^(.*)\.(?:hei[cf]|jpe?g)$/i.exec(deleted)?.[1]
      if (still !== undefined) for (const film of ['MOV', 'mov']) paths.add(`${media}${still}.${film}`)
    }
  }
  return { reason: 'deleted', paths: new Set(located.filter((path) => paths.has(path))), opened, problems }
}

/** Paths from the folder of DCIM on, as the library writes them. */
async function trashed(
  source: FileSource,
  library: SourceFile,
  opened: OpenedFile[],
  problems: Problem[],
): Promise<string[]> {
  const file = library.path
  try {
    const database = await openSqlite(source, library)
    try {
      opened.push(...(await database.opened()))
      problems.push(...database.problems)
      const table = TABLES.find((name) => has(database.tables, name, ...COLUMNS))
      if (table === undefined) {
        const detail = `no table of pictures that is known here (user_version ${database.version}): what was deleted is not told apart`
        problems.push({ code: 'schema_not_recognised', file, detail })
        return []
      }
      const rows = database.iterate<{ folder: unknown; name: unknown }>(
        `SELECT ZDIRECTORY AS folder, ZFILENAME AS name FROM ${table} WHERE ZTRASHEDSTATE = 1 LIMIT ${MOST}`,
      )
      const found: string[] = []
      for (const { folder, name } of rows)
        if (typeof folder === 'string' && typeof name === 'string') found.push(`${folder}/${name}`)
      return found
    } finally {
      database.close()
    }
  } catch (error) {
    if (!(error instanceof AcquisitionError)) throw error
    problems.push({ code: 'database_damaged', file, detail: `${error.code}: what was deleted is not told apart` })
    return []
  }
}
