import { createHash, hash } from 'node:crypto'
import {
  AcquisitionError,
  type FileSource,
  openSqlite,
  type OpenFile,
  type SourceFile,
} from '../../../acquisition/index.ts'
import type { Problem } from '../../../records/index.ts'
import type { SealedStore } from '../../../vault/index.ts'
import { readAudio } from '../audio/read-audio.ts'
import type { Audio, AudioFile } from '../audio/audio.ts'
import { baseName } from '../names/base-name.ts'
import type { NameParser } from '../names/parse-name.ts'
import { type ExpectedRecording, expectedRecordings, isAcrDatabase } from './acr-database.ts'
import type { FileKind } from './inventory-store.ts'
import { LARGEST_SIDECAR, readSidecar, type SidecarFacts } from './sidecar.ts'

/** Up to this size, in bytes, a file is read once, and hashed and looked at in memory. */
const IN_MEMORY = 8 << 20
/** Files that are read at the same time. */
const AT_ONCE = 4
/** Files that are written down together: what is lost where the process is killed, and read again. */
const BATCH = 64

/** What is told of the work, for whoever waits. */
export interface InventoryProgress {
  readonly files: number
  readonly done: number
  /** of the files that were read now */
  readonly bytes: number
}

interface Row {
  readonly path: string
  readonly kind: FileKind
  readonly bytes?: number
  readonly sha256?: Uint8Array
  readonly named?: unknown
  readonly audio?: Audio
  readonly said?: SidecarFacts
  readonly expected?: readonly ExpectedRecording[]
  readonly problems: readonly Problem[]
}

/**
 * Writes down every file of an archive: what it is, its digest, what its name and its bytes say. Nothing is played, and the
 * archive is only read. Files that stand in the inventory are not read again, so that whoever was interrupted goes on. The
 * first folder of a path is the device. Throws what the archive and the store throw.
 */
export async function takeInventory(
  archive: FileSource,
  store: SealedStore,
  names: NameParser,
  told: (progress: InventoryProgress) => void = () => {},
): Promise<void> {
  const known = new Set(store.all<{ path: string }>('SELECT path FROM file').map(({ path }) => path))
  const left = archive.files.filter(({ path }) => !known.has(path))
  let [done, bytes] = [archive.files.length - left.length, 0]
  for (const problem of archive.problems) note(store, problem)
  if (known.size > 0) nameAnew(store, names)
  for (let at = 0; at < left.length; at += BATCH) {
    const rows = await inTurns(left.slice(at, at + BATCH), (file) => look(archive, file, names))
    store.atOnce(() => {
      for (const row of rows) write(store, row)
    })
    done += rows.length
    bytes += rows.reduce((sum, row) => sum + (row.bytes ?? 0), 0)
    told({ files: archive.files.length, done, bytes })
  }
}

/** Reads the names of what was written down before once more: since then a template may have been learnt. No file is opened for it. */
function nameAnew(store: SealedStore, names: NameParser): void {
  const rows = store.all<{ path: string; named: string | null }>(
    "SELECT path, named FROM file WHERE kind = 'recording'",
  )
  store.atOnce(() => {
    for (const { path, named } of rows) {
      const now = jsonOf(names.parse(path))
      if (now !== named) store.run('UPDATE file SET named = ? WHERE path = ?', now, path)
    }
  })
}

async function inTurns(files: readonly SourceFile[], work: (file: SourceFile) => Promise<Row>): Promise<Row[]> {
  const rows: Row[] = []
  let next = 0
  const one = async () => {
    for (let at = next++; at < files.length; at = next++) rows[at] = await work(files[at] as SourceFile)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return rows
}

async function look(archive: FileSource, { path }: SourceFile, names: NameParser): Promise<Row> {
  try {
    const file = await archive.open({ path })
    try {
      return await lookInto(archive, file, names)
    } finally {
      await file.close()
    }
  } catch (error) {
    if (!(error instanceof AcquisitionError)) throw error
    return { path, kind: 'unreadable', problems: [{ code: 'file_unreadable', file: path, detail: error.message }] }
  }
}

async function lookInto(archive: FileSource, file: OpenFile, names: NameParser): Promise<Row> {
  const { path, size: bytes } = file
  const whole = bytes <= IN_MEMORY ? await wholeOf(file) : undefined
  const sha256 = whole === undefined ? await digestOf(file) : Buffer.from(hash('sha256', whole, 'hex'), 'hex')
  const facts = { path, bytes, sha256, problems: [] }
  const said = whole !== undefined && path.toLowerCase().endsWith('.json') ? sidecarOf(whole) : undefined
  if (said !== undefined) return { ...facts, kind: 'sidecar', said }
  if (whole?.toString('latin1', 0, 15) === 'SQLite format 3') return { ...facts, ...(await listOf(archive, path)) }
  const named = names.parse(path)
  const audio = await readAudio(whole === undefined ? at(file) : inMemory(whole))
  // An MP3 has no beginning that is its own: only where the name says so, too.
  const isSound = baseName(path) !== undefined || (audio !== undefined && audio.container !== 'mp3')
  return isSound ? { ...facts, kind: 'recording', named, audio } : { ...facts, kind: 'other' }
}

function sidecarOf(whole: Buffer): SidecarFacts | undefined {
  return whole.length > LARGEST_SIDECAR ? undefined : readSidecar(whole.toString('utf8'))
}

async function listOf(archive: FileSource, path: string): Promise<Pick<Row, 'kind' | 'expected' | 'problems'>> {
  try {
    const database = await openSqlite(archive, { path })
    try {
      if (!isAcrDatabase(database)) return { kind: 'other', problems: [] }
      await database.opened()
      return { kind: 'database', expected: [...expectedRecordings(database)], problems: database.problems }
    } finally {
      database.close()
    }
  } catch (error) {
    if (!(error instanceof AcquisitionError)) throw error
    return { kind: 'other', problems: [{ code: 'database_damaged', file: path, detail: error.message }] }
  }
}

async function wholeOf(file: OpenFile): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of file.chunks()) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function digestOf(file: OpenFile): Promise<Buffer> {
  const digest = createHash('sha256')
  for await (const chunk of file.chunks()) digest.update(chunk)
  return digest.digest()
}

function inMemory(whole: Buffer): AudioFile {
  return { size: whole.length, at: (offset, length) => Promise.resolve(whole.subarray(offset, offset + length)) }
}

/** Where a source cannot be asked for a place in the middle, only the beginning is known. */
function at(file: OpenFile): AudioFile {
  return { size: file.size, at: async (offset, length) => (await file.at?.(offset, length)) ?? new Uint8Array(0) }
}

function write(store: SealedStore, row: Row): void {
  store.run(
    'INSERT INTO file (path, device, kind, bytes, sha256, named, audio, said) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    row.path,
    deviceOf(row.path),
    row.kind,
    row.bytes ?? null,
    row.sha256 ?? null,
    jsonOf(row.named),
    jsonOf(row.audio),
    jsonOf(row.said),
  )
  for (const facts of row.expected ?? [])
    store.run('INSERT OR REPLACE INTO expected VALUES (?, ?, ?)', row.path, facts.row, JSON.stringify(facts))
  for (const problem of row.problems) note(store, problem)
}

function note(store: SealedStore, { code, file, detail }: Problem): void {
  store.run('INSERT OR IGNORE INTO problem VALUES (?, ?, ?)', code, file ?? '', detail)
}

function jsonOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

/** The folder at the top of an archive is the phone, or the cloud, that its files came from. */
function deviceOf(path: string): string {
  const slash = path.indexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}
