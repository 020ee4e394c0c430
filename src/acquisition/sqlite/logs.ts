import type { Problem } from '../../records/index.ts'
import type { FileSource, SourceFile } from '../file-source.ts'
import type { OpenedFile } from '../file-source.ts'
import type { LogReading, Overlay } from './overlay.ts'
import { readRollbackJournal } from './rollback-journal.ts'
import { readWriteAheadLog } from './write-ahead-log.ts'

/** What lies beside a database and belongs to it. */
export interface Logs {
  /** what takes the place of pages, in the order in which SQLite would do it: journal, then write-ahead log */
  readonly layers: readonly Layer[]
  readonly opened: readonly OpenedFile[]
  readonly problems: readonly Problem[]
}

export interface Layer {
  readonly kind: 'wal' | 'journal'
  readonly file: SourceFile
  readonly overlay: Overlay
}

/** Reads the logs beside a database of the source. Throws AcquisitionError where one is there and cannot be read. */
export async function readLogs(source: FileSource, path: string): Promise<Logs> {
  const layers: Layer[] = []
  const opened: OpenedFile[] = []
  const problems: Problem[] = []
  const note = (file: SourceFile, kind: Layer['kind'], reading: LogReading) => {
    opened.push({ path: file.path, bytes: reading.bytes, sha256: reading.sha256 })
    if (reading.overlay) layers.push({ kind, file, overlay: reading.overlay })
  }

  const journal = beside(source, `${path}-journal`, problems)
  if (journal) {
    const reading = await withFile(source, journal, (file) => readRollbackJournal(file.chunks(), file.size))
    // A transaction over several databases counts as finished once their super-journal is gone.
    const finished = reading.superJournal !== undefined && !superJournal(source, path, reading.superJournal)
    note(journal, 'journal', finished ? { ...reading, overlay: undefined } : reading)
    if (reading.overlay && !finished) {
      const detail = 'an unfinished write was undone in what was read, as SQLite would'
      problems.push({ code: 'journal_present', file: journal.path, detail })
    }
  }

  const log = beside(source, `${path}-wal`, problems)
  if (log) {
    const reading = await withFile(source, log, (file) => readWriteAheadLog(file.chunks()))
    note(log, 'wal', reading)
    if (reading.damage !== undefined) problems.push({ code: 'wal_damaged', file: log.path, detail: reading.damage })
  }
  return { layers, opened, problems }
}

/** Opens a file for as long as `work` takes. */
export async function withFile<T>(
  source: FileSource,
  file: SourceFile,
  work: (file: Awaited<ReturnType<FileSource['open']>>) => Promise<T>,
): Promise<T> {
  const open = await source.open(file)
  try {
    return await work(open)
  } finally {
    await open.close()
  }
}

function beside(source: FileSource, path: string, problems: Problem[]): SourceFile | undefined {
  const file = find(source.files, path)
  if (!file && source.missing.includes(path))
    problems.push({ code: 'file_missing', file: path, detail: 'the database was read without it' })
  return file
}

/** Looks a file up by path, relying on the order that a source promises. */
function find(files: readonly SourceFile[], path: string): SourceFile | undefined {
  let low = 0
  let high = files.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (files[middle]!.path < path) low = middle + 1
    else high = middle
  }
  return files[low]?.path === path ? files[low] : undefined
}

function superJournal(source: FileSource, path: string, name: string): SourceFile | undefined {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  return find(source.files, folder + name.slice(name.lastIndexOf('/') + 1))
}
