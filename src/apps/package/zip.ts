import { crc32, inflateRawSync } from 'node:zlib'
import type { ByteReader } from '../../acquisition/index.ts'
import { damaged, hostile, PackageError } from './errors.ts'

/** One file of a package, as its central directory describes it. */
export interface PackageEntry {
  readonly name: string
  /** bytes after decompression, as declared */
  readonly size: number
  readonly compressed: number
  readonly method: number
  readonly crc: number
  readonly encrypted: boolean
  /** where its local header begins */
  readonly offset: number
}

/** Signatures, APPNOTE.TXT 6.3.10, 4.3. */
const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const END64_LOCATOR = 0x07064b50

const END_SIZE = 22
const LONGEST_COMMENT = 0xffff
/** What a directory of the most entries needs, and more. */
const LARGEST_DIRECTORY = 32 << 20
/** The largest apps have some 60,000 files. */
export const MOST_ENTRIES = 100_000
/** The most of one file that is read into memory, in bytes. */
export const LARGEST_READ = 48 << 20
/** A file of a package that is read expands 20 times at most; what expands further than this is a bomb. */
const MOST_RATIO_READ = 100
const RATIO_FLOOR_READ = 1 << 20
/** The same for files that are listed only: pictures of one colour are small. */
const MOST_RATIO = 400
const RATIO_FLOOR = 64 << 20
/** How much of a package is ever expanded, in bytes. */
const MOST_EXPANDED = 384 << 20

const PART = 'the archive'

/** Where a package's bytes are. */
export type PackageBytes = Pick<ByteReader, 'size' | 'read'>

/**
 * A zip as a package: strictly. What two readers could read in two ways (a name twice, entries that share bytes, sizes that lie)
 * is how a package shows one face to whoever checks it and another to the phone, so it is refused, and not mended.
 */
export class PackageZip {
  /** by name */
  readonly entries: ReadonlyMap<string, PackageEntry>
  /** where the central directory begins: before it stands the signing block */
  readonly directory: number
  /** bytes before the first entry: none in an honest package */
  readonly before: number
  readonly reader: PackageBytes
  #expanded = 0

  private constructor(reader: PackageBytes, entries: readonly PackageEntry[], directory: number) {
    this.reader = reader
    this.directory = directory
    const byName = new Map<string, PackageEntry>()
    for (const entry of entries) {
      if (byName.has(entry.name)) throw hostile('DUPLICATE_ENTRY', 'the package holds two files of one name')
      byName.set(entry.name, entry)
    }
    this.entries = byName
    this.before = entries.reduce((first, { offset }) => Math.min(first, offset), directory)
  }

  /**
   * Reads the list of a package's files. Throws PackageError: NOT_A_PACKAGE where it is no zip; DAMAGED, DUPLICATE_ENTRY,
   * OVERLAPPING_ENTRIES, LYING_SIZE, TOO_MANY_ENTRIES (beyond 100,000), TOO_LARGE (what expands beyond reason), NOT_SUPPORTED
   * (zip64, several parts).
   */
  static open(reader: PackageBytes): PackageZip {
    const { count, start, size } = findDirectory(reader)
    const entries = readEntries(reader.read(start, size), count)
    refuseOverlaps(entries, start)
    for (const { size, compressed } of entries)
      if (size > RATIO_FLOOR && size > compressed * MOST_RATIO)
        throw hostile('TOO_LARGE', `a file of the package would expand more than ${MOST_RATIO} times`)
    return new PackageZip(reader, entries, start)
  }

  /**
   * Reads one file whole; undefined where there is none of that name. Throws PackageError TOO_LARGE beyond `most` bytes or 100
   * times its compressed size, LYING_SIZE, DAMAGED, NOT_SUPPORTED (encrypted, or neither stored nor deflated).
   */
  read(name: string, most = LARGEST_READ): Buffer | undefined {
    const entry = this.entries.get(name)
    if (entry === undefined) return undefined
    const { size, compressed } = entry
    if (size > most)
      throw hostile('TOO_LARGE', `a part of the package is larger than ${Math.ceil(most / (1 << 20))} MiB`)
    if (size > RATIO_FLOOR_READ && size > compressed * MOST_RATIO_READ)
      throw hostile('TOO_LARGE', `a part of the package would expand more than ${MOST_RATIO_READ} times`)
    if (compressed > size + 1024 + size / 64)
      throw hostile('LYING_SIZE', 'a part of the package is larger packed than open')
    this.#expanded += size
    if (this.#expanded > MOST_EXPANDED)
      throw hostile('TOO_LARGE', `the package would expand to more than ${MOST_EXPANDED >> 20} MiB`)
    const packed = this.reader.read(this.dataStart(entry), compressed)
    if (packed.length < compressed) throw damaged(PART, 'it ends inside a file')
    const data = entry.method === 0 ? packed : inflated(packed, size)
    if (data.length !== size) throw hostile('LYING_SIZE', 'a part of the package is not as long as it says')
    if (crc32(data) !== entry.crc) throw damaged(PART, 'a file does not match its checksum')
    return data
  }

  /** Where a stored or deflated file's bytes begin. Throws PackageError DAMAGED where its own header tells another story. */
  dataStart(entry: PackageEntry): number {
    if (entry.encrypted)
      throw new PackageError('NOT_SUPPORTED', 'a part of the package is encrypted', 'get it unlocked')
    if (entry.method !== 0 && entry.method !== 8)
      throw hostile('NOT_SUPPORTED', 'a part of the package is packed in a way that no phone knows')
    const header = this.reader.read(entry.offset, 30)
    if (header.length < 30 || header.readUInt32LE(0) !== LOCAL) throw damaged(PART, 'a file is not where the list says')
    const nameLength = header.readUInt16LE(26)
    const name = this.reader.read(entry.offset + 30, nameLength).toString('utf8')
    if (name !== entry.name || header.readUInt16LE(8) !== entry.method)
      throw hostile('DAMAGED', 'a file of the package says one thing in the list and another of itself')
    const start = entry.offset + 30 + nameLength + header.readUInt16LE(28)
    if (start + entry.compressed > this.directory)
      throw hostile('OVERLAPPING_ENTRIES', 'a file of the package runs into its list')
    return start
  }
}

function inflated(packed: Buffer, size: number): Buffer {
  try {
    // In one piece of the declared size: pieces that are joined afterwards need the memory twice.
    return inflateRawSync(packed, { chunkSize: Math.max(64, size + 1), maxOutputLength: size + 1 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw hostile('LYING_SIZE', 'a part of the package is longer than it says')
    throw damaged(PART, 'a file cannot be decompressed')
  }
}

function findDirectory(reader: PackageBytes): { count: number; start: number; size: number } {
  const tailStart = Math.max(0, reader.size - END_SIZE - LONGEST_COMMENT)
  const tail = reader.read(tailStart, reader.size - tailStart)
  for (let at = tail.length - END_SIZE; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END) continue
    // A second end inside the comment would be the end of another archive, to a reader that looks from the other side.
    if (at + END_SIZE + tail.readUInt16LE(at + 20) !== tail.length) throw damaged(PART, 'something follows its end')
    const zip64 = tailStart + at >= 20 && reader.read(tailStart + at - 20, 20).readUInt32LE(0) === END64_LOCATOR
    const count = tail.readUInt16LE(at + 10)
    if (zip64 || tail.readUInt16LE(at + 4) !== 0 || tail.readUInt16LE(at + 8) !== count)
      throw new PackageError(
        'NOT_SUPPORTED',
        'the archive is one part of several, or zip64',
        'no phone installs such a one',
      )
    const place = { count, size: tail.readUInt32LE(at + 12), start: tail.readUInt32LE(at + 16) }
    if (place.size > LARGEST_DIRECTORY) throw hostile('TOO_MANY_ENTRIES', 'the list of its files is larger than 32 MiB')
    if (place.start + place.size > tailStart + at) throw damaged(PART, 'its list lies outside the file')
    return place
  }
  throw new PackageError(
    'NOT_A_PACKAGE',
    'this is no package: not an archive, or cut short',
    'give an .apk, .apks, .xapk, .apkm or .ipa file, whole',
  )
}

function readEntries(list: Buffer, count: number): PackageEntry[] {
  const entries: PackageEntry[] = []
  let at = 0
  while (at < list.length) {
    if (at + 46 > list.length || list.readUInt32LE(at) !== CENTRAL) throw damaged(PART, 'its list is not one')
    const nameEnd = at + 46 + list.readUInt16LE(at + 28)
    const end = nameEnd + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32)
    if (end > list.length) throw damaged(PART, 'its list ends early')
    if (entries.length >= MOST_ENTRIES)
      throw hostile('TOO_MANY_ENTRIES', `the package holds more than ${MOST_ENTRIES.toLocaleString('en-GB')} files`)
    const entry = {
      name: list.toString('utf8', at + 46, nameEnd),
      size: list.readUInt32LE(at + 24),
      compressed: list.readUInt32LE(at + 20),
      method: list.readUInt16LE(at + 10),
      crc: list.readUInt32LE(at + 16),
      encrypted: (list.readUInt16LE(at + 8) & 1) !== 0,
      offset: list.readUInt32LE(at + 42),
    }
    if (entry.name.includes('\0')) throw hostile('DAMAGED', 'a file of the package has a name that ends twice')
    if (entry.method === 0 && entry.size !== entry.compressed)
      throw hostile('LYING_SIZE', 'a file of the package says two sizes')
    entries.push(entry)
    at = end
  }
  // Archives beyond 65,535 entries without zip64 count modulo.
  if (entries.length % 0x10000 !== count) throw damaged(PART, 'it holds more or fewer files than it says')
  return entries
}

/** Entries that share bytes are how a small archive expands without end: https://www.bamsoftware.com/hacks/zipbomb/. */
function refuseOverlaps(entries: readonly PackageEntry[], directory: number): void {
  let end = 0
  for (const { offset, compressed, name } of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (offset < end) throw hostile('OVERLAPPING_ENTRIES', 'files of the package share their bytes')
    end = offset + 30 + Buffer.byteLength(name) + compressed
    if (end > directory) throw damaged(PART, 'a file lies outside it')
  }
}
