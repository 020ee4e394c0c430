import type { ByteReader } from '../byte-reader.ts'
import { entryPath } from '../entry-path.ts'
import { AcquisitionError } from '../errors.ts'
import { MOST_ENTRIES } from '../listing.ts'
import type { ProblemList } from '../problem-list.ts'
import { extendedRecords, RECORD, type TarHeader, headerOf, nameOf } from './tar-header.ts'

/** One file of a tar: `size` bytes of it lie at `offset`. */
export interface TarEntry {
  readonly path: string
  readonly size: number
  readonly offset: number
}

export interface TarIndex {
  readonly entries: TarEntry[]
  /** files whose bytes end before their size */
  readonly cut: readonly string[]
}

/** The most that is read at a header, and how near the next one must lie for more than a record to be read. In bytes. */
const WIDEST = 64 << 10
const CLOSE = 2 << 10
/** The most that a long name or an extended header may take, in bytes; a real one is below 8 KiB. */
const LONGEST_EXTENSION = 1 << 20
/** How much is looked at for bytes after the end mark. */
const TAIL = 1 << 20

/**
 * Lists a tar (POSIX.1-2001 pax, ustar, GNU long names, V7) by its headers alone, stepping over the bodies. Damage ends the
 * list and is a problem. Throws AcquisitionError TOO_LARGE beyond 5,000,000 entries.
 */
export function indexTar(archive: ByteReader, problems: ProblemList): TarIndex {
  const entries: TarEntry[] = []
  const cut: string[] = []
  const window = new Window(archive)
  let long: { path?: string; size?: number; sparse?: boolean } = {}
  let position = 0
  for (let seen = 0; position < archive.size; seen++) {
    if (seen > MOST_ENTRIES)
      throw new AcquisitionError('TOO_LARGE', `tar: more than ${MOST_ENTRIES} entries`, 'give a part of the archive')
    const record = window.at(position)
    if (record.length < RECORD) {
      problems.add('archive_damaged', 'it ends in the middle of a header')
      return { entries, cut }
    }
    if (isZero(record)) {
      const tail = archive.read(position, TAIL)
      if (!isZero(tail)) problems.add('archive_damaged', 'bytes follow its end mark and were not read')
      return { entries, cut }
    }
    const header = headerOf(record)
    if (!header) {
      problems.add('archive_damaged', `the header at byte ${position} is damaged; nothing after it is listed`)
      return { entries, cut }
    }
    const body = position + RECORD
    if (header.type === 'x' || header.type === 'g' || header.type === 'L' || header.type === 'K') {
      if (header.size > LONGEST_EXTENSION) {
        problems.add('archive_damaged', `an extended header of ${header.size} bytes; nothing after it is listed`)
        return { entries, cut }
      }
      const extension = archive.read(body, header.size)
      if (header.type === 'x') Object.assign(long, extendedRecords(extension))
      if (header.type === 'L') long.path = nameOf(extension)
      position = after(body, header.size)
      continue
    }
    const size = LINKS.has(header.type) ? 0 : (long.size ?? header.size)
    const name = long.path ?? header.name
    const sparse = header.type === 'S' || long.sparse === true
    long = {}
    position = after(body, size)
    const path = pathOf(header, name, sparse, problems)
    if (path === undefined) continue
    if (body + size > archive.size) {
      cut.push(path)
      problems.add('archive_damaged', 'the archive ends before the file does', path)
    } else entries.push({ path, size, offset: body })
  }
  if (position > archive.size && cut.length === 0) problems.add('archive_damaged', 'it ends in the middle of an entry')
  return { entries, cut }
}

/** Hard link, symbolic link, devices, pipe: they have no bytes, whatever their size field says. */
const LINKS = new Set(['1', '2', '3', '4', '6'])
/** Folder; GNU: names of a folder, volume label, the rest of another volume's file. */
const NO_FILE = new Set(['5', 'D', 'V'])

function pathOf(header: TarHeader, name: string, sparse: boolean, problems: ProblemList): string | undefined {
  // V7 writers marked a folder by the slash alone.
  if (NO_FILE.has(header.type) || (header.type === '0' && name.endsWith('/'))) return undefined
  const named = entryPath(name)
  const refuse = (reason: string) => {
    problems.add('entry_refused', reason, 'path' in named ? named.path : name)
    return undefined
  }
  if ('refused' in named) return refuse(named.refused)
  if (LINKS.has(header.type)) return refuse('a link or a device')
  if (sparse) return refuse('a sparse file, whose bytes are not all in the archive')
  // '7', contiguous, is read as an ordinary file, as POSIX asks.
  if (header.type !== '0' && header.type !== '7') return refuse('an entry of a type that is not known')
  return named.path
}

/** The header after a body: bodies fill whole records of 512 bytes. */
function after(body: number, size: number): number {
  return body + Math.ceil(size / RECORD) * RECORD
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0)
}

/**
 * Reads headers through a window that grows while headers lie close together, so that many small files cost few reads, and
 * falls back to one record where bodies are large, so that stepping over them reads next to nothing.
 */
class Window {
  readonly #archive: ByteReader
  #bytes: Buffer = Buffer.alloc(0)
  #start = 0
  #width = RECORD

  constructor(archive: ByteReader) {
    this.#archive = archive
  }

  at(position: number): Buffer {
    if (position < this.#start || position + RECORD > this.#start + this.#bytes.length) {
      const near = position < this.#start + 2 * this.#width + CLOSE
      this.#width = near ? Math.min(this.#width * 2, WIDEST) : RECORD
      this.#bytes = this.#archive.read(position, this.#width)
      this.#start = position
    }
    return this.#bytes.subarray(position - this.#start, position - this.#start + RECORD)
  }
}
