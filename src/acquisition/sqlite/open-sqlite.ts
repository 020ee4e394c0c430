import type { FileSource, OpenFile, SourceFile } from '../file-source.ts'
import type { OpenSqlite, SqliteReader } from '../sqlite.ts'
import { collationsUnknown } from './collation.ts'
import { type Connection, inPlace } from './connection.ts'
import { blamedOnOpening } from './damage.ts'
import { digestBeside } from './digest-thread.ts'
import { HEADER_BYTES, pageSizeOf, statedPages } from './header.ts'
import { mergeInMemory } from './in-memory.ts'
import { type Layer, type Logs, readLogs } from './logs.ts'
import type { Merged } from './merged.ts'
import { pagesAfter } from './overlay.ts'
import { readerOver } from './reader.ts'
import { mergeSealed } from './sealed-copy.ts'

/** Up to this size, in bytes, a database is read into memory, where reading it is fastest. */
export const IN_MEMORY = 32 << 20

/** From this size on, in bytes, a database that needs no mending is rather read where it lies: slower, but it takes no memory. */
const IN_PLACE_FROM = 8 << 20

/**
 * Opens a database of a source together with its write-ahead log and rollback journal, by the way that fits: in memory; where
 * it lies; or as a sealed copy. Throws AcquisitionError DAMAGED where it is no database, and whatever the source throws.
 */
export const openSqlite: OpenSqlite = (source, file) => openWithin(IN_MEMORY, source, file)

/** Does the same with another limit, in bytes, for what is read into memory. */
export async function openWithin(inMemory: number, source: FileSource, file: SourceFile): Promise<SqliteReader> {
  const logs = await readLogs(source, file.path)
  const main = await source.open(file)
  try {
    const { layers, problems } = await fitting(main, logs)
    const merged = await merge(inMemory, source, main, layers).catch((error) => {
      throw blamedOnOpening(error, file.path)
    })
    try {
      return readerOver(merged.connection, {
        path: file.path,
        wal: layers.some((layer) => layer.kind === 'wal'),
        opened: async () => [await merged.opened, ...logs.opened],
        problems: [...problems, ...merged.problems],
      })
    } catch (error) {
      merged.connection.close()
      throw blamedOnOpening(error, file.path)
    }
  } finally {
    await main.close()
  }
}

async function merge(inMemory: number, source: FileSource, main: OpenFile, layers: readonly Layer[]): Promise<Merged> {
  const size = sizeAfter(main, layers)
  const inPlace = layers.length === 0 && size > Math.min(inMemory, IN_PLACE_FROM) ? await whereItLies(main) : undefined
  if (inPlace) return inPlace
  return size <= inMemory ? mergeInMemory(source, main, layers) : mergeSealed(source, main, layers)
}

/** Opens a large database without copying it, unless something in it must be mended first. */
async function whereItLies(main: OpenFile): Promise<Merged | undefined> {
  if (main.localPath === undefined) return undefined
  const head = Buffer.from(await main.head(HEADER_BYTES))
  const pageSize = pageSizeOf(head)
  const whole = pageSize !== undefined && (statedPages(head) ?? 0) <= Math.floor(main.size / pageSize)
  if (!whole) return undefined
  const connection = readableInPlace(main.localPath)
  if (!connection) return undefined
  const opened = digestBeside(main.localPath).then(({ bytes, sha256 }) => ({ path: main.path, bytes, sha256 }))
  opened.catch(() => {})
  return { connection, opened, problems: [] }
}

function readableInPlace(place: string): Connection | undefined {
  let connection: Connection | undefined
  try {
    connection = inPlace(place)
    if (!collationsUnknown(connection)) return connection
  } catch {
    // Whatever is wrong with it, it may be possible to mend in a copy, and is said there if not.
  }
  connection?.close()
  return undefined
}

function sizeAfter(main: OpenFile, layers: readonly Layer[]): number {
  let size = main.size
  for (const { overlay } of layers) {
    const own = Math.ceil(size / overlay.pageSize)
    size = Math.max(size, pagesAfter(overlay, own) * overlay.pageSize)
  }
  return size
}

/** Leaves out logs that are not of this database: one whose pages have another size can only have been put there. */
async function fitting(main: OpenFile, logs: Logs): Promise<Pick<Logs, 'layers' | 'problems'>> {
  const problems = [...logs.problems]
  const pageSize = pageSizeOf(await main.head(HEADER_BYTES))
  if (main.size === 0 && logs.layers.some(({ kind }) => kind === 'wal')) {
    // SQLite would throw the log away. It may hold everything there is, so it is read, and said to be odd.
    const detail = 'it is empty, and everything that was read stands in its write-ahead log'
    problems.push({ code: 'database_damaged', file: main.path, detail })
  }
  const layers = logs.layers.filter(({ kind, file, overlay }) => {
    // SQLite does not undo anything in an empty database either.
    if (kind === 'journal' && main.size === 0) return false
    if (pageSize === undefined || overlay.pageSize === pageSize) return true
    const code = kind === 'wal' ? 'wal_damaged' : 'file_damaged'
    problems.push({
      code,
      file: file.path,
      detail: 'its pages have another size than the database; it was not applied',
    })
    return false
  })
  return { layers, problems }
}
