import type { ByteReader } from '../byte-reader.ts'
import { entryName, entryPath } from '../entry-path.ts'
import { AcquisitionError } from '../errors.ts'
import { MOST_ENTRIES } from '../listing.ts'
import type { ProblemList } from '../problem-list.ts'

/** One file as the archive's central directory describes it. */
export interface ZipEntry {
  readonly path: string
  /** bytes after decompression, as declared */
  readonly size: number
  readonly compressed: number
  readonly method: number
  readonly crc: number
  readonly encrypted: boolean
  /** where its local header begins */
  readonly offset: number
  /** the first byte that may no longer be its own: the next entry, or the directory */
  limit: number
}

/** Signatures, APPNOTE.TXT 6.3.10, 4.3. */
const CENTRAL = 0x02014b50
const END = 0x06054b50
const END64 = 0x06064b50
const END64_LOCATOR = 0x07064b50

const END_SIZE = 22
const LONGEST_COMMENT = 0xffff
const WINDOW = 1 << 20
/** Beyond this many bytes a file may not be more than `MOST_RATIO` times its compressed size; deflate itself ends at 1,032. */
const RATIO_FLOOR = 64 << 20
const MOST_RATIO = 1_000

const damaged = (what: string) => new AcquisitionError('DAMAGED', `zip: ${what}`, 'get a whole copy of the archive')

/**
 * Reads the central directory: the one list of what the archive holds. Throws AcquisitionError DAMAGED where there is none,
 * TOO_LARGE beyond 5,000,000 entries, NOT_SUPPORTED for archives in several parts. Entries that are refused are problems.
 */
export function readDirectory(archive: ByteReader, problems: ProblemList): ZipEntry[] {
  const { count, start, size } = findDirectory(archive)
  if (count > MOST_ENTRIES) throw tooMany()
  const entries: ZipEntry[] = []
  const end = start + size
  let position = start
  let window: Buffer = Buffer.alloc(0)
  let at = 0
  let seen = 0
  while (position < end) {
    if (window.length - at < 46 || window.length - at < headerLength(window, at)) {
      window = archive.read(position, Math.min(WINDOW, end - position))
      at = 0
      if (window.length < 46 || window.length < headerLength(window, 0)) break
    }
    if (window.readUInt32LE(at) !== CENTRAL) break
    const length = headerLength(window, at)
    const entry = readEntry(window.subarray(at, at + length), problems)
    if (entry) entries.push({ ...entry, limit: start })
    at += length
    position += length
    if (++seen > MOST_ENTRIES) throw tooMany()
  }
  // Some writers count modulo 65,536 and write no zip64 records: the entries themselves are the truth.
  if (seen !== count && seen % 0x10000 !== count)
    problems.add('count_differs', `the directory declares ${count} entries and holds ${seen}`)
  if (position < end) problems.add('archive_damaged', `${end - position} bytes of the directory are not entries`)
  return withoutOverlaps(entries, start, problems)
}

function headerLength(window: Buffer, at: number): number {
  return 46 + window.readUInt16LE(at + 28) + window.readUInt16LE(at + 30) + window.readUInt16LE(at + 32)
}

interface DirectoryPlace {
  readonly count: number
  readonly start: number
  readonly size: number
}

function findDirectory(archive: ByteReader): DirectoryPlace {
  const tailStart = Math.max(0, archive.size - END_SIZE - LONGEST_COMMENT)
  const tail = archive.read(tailStart, archive.size - tailStart)
  for (let at = tail.length - END_SIZE; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END) continue
    // The comment must end with the file: a signature inside a comment does not.
    if (at + END_SIZE + tail.readUInt16LE(at + 20) !== tail.length) continue
    return checked(readEnd(archive, tail.subarray(at), tailStart + at), tailStart + at)
  }
  throw damaged('it ends before the list of what it holds')
}

function readEnd(archive: ByteReader, end: Buffer, at: number): DirectoryPlace {
  const place = { count: end.readUInt16LE(10), size: end.readUInt32LE(12), start: end.readUInt32LE(16) }
  const disks = end.readUInt16LE(4)
  const locator = at >= 20 ? archive.read(at - 20, 20) : Buffer.alloc(0)
  const zip64 = locator.length === 20 && locator.readUInt32LE(0) === END64_LOCATOR
  if (disks !== 0 && disks !== 0xffff) throw parts()
  if (!zip64) return place
  const header = archive.read(exact(locator.readBigUInt64LE(8)), 56)
  if (header.length < 56 || header.readUInt32LE(0) !== END64) throw damaged('its zip64 end record is not where it says')
  if (header.readUInt32LE(16) !== 0) throw parts()
  return {
    count: exact(header.readBigUInt64LE(32)),
    size: exact(header.readBigUInt64LE(40)),
    start: exact(header.readBigUInt64LE(48)),
  }
}

function checked(place: DirectoryPlace, end: number): DirectoryPlace {
  if (place.start + place.size > end) throw damaged('its list of entries lies outside the file')
  return place
}

function tooMany(): AcquisitionError {
  return new AcquisitionError('TOO_LARGE', `zip: more than ${MOST_ENTRIES} entries`, 'give a part of the archive')
}

function parts(): AcquisitionError {
  return new AcquisitionError('NOT_SUPPORTED', 'zip: one part of several', 'join the parts into one archive first')
}

function readEntry(header: Buffer, problems: ProblemList): Omit<ZipEntry, 'limit'> | undefined {
  const flags = header.readUInt16LE(8)
  const nameEnd = 46 + header.readUInt16LE(28)
  const extra = header.subarray(nameEnd, nameEnd + header.readUInt16LE(30))
  const name = zipName(header.subarray(46, nameEnd))
  const type = fileType(header)
  if (name.endsWith('/') || type === 'folder') return undefined
  const named = entryPath(name)
  const refuse = (reason: string) => {
    problems.add('entry_refused', reason, 'path' in named ? named.path : name)
    return undefined
  }
  if ('refused' in named) return refuse(named.refused)
  if (type === 'other') return refuse('a link or a device')
  const sizes = readSizes(header, extra)
  if (!sizes) return refuse('sizes that contradict themselves')
  const method = header.readUInt16LE(10)
  const encrypted = (flags & 1) !== 0
  if (method === 0 && !encrypted && sizes.size !== sizes.compressed) return refuse('a stored entry with two sizes')
  if (sizes.size > RATIO_FLOOR && sizes.size > sizes.compressed * MOST_RATIO)
    return refuse(`it would expand more than ${MOST_RATIO} times`)
  return { path: named.path, ...sizes, method, crc: header.readUInt32LE(16), encrypted }
}

/** The type in the external attributes, where the host that wrote them has one: APPNOTE 4.4.2, 4.4.15. */
function fileType(header: Buffer): 'file' | 'folder' | 'other' {
  const host = header.readUInt8(5)
  const attributes = header.readUInt32LE(38)
  if (host === 3 || host === 19) {
    const type = (attributes >>> 16) & 0o170000
    if (type === 0o040000) return 'folder'
    if (type !== 0 && type !== 0o100000) return 'other'
    return 'file'
  }
  return (attributes & 0x10) !== 0 ? 'folder' : 'file'
}

/** Sizes and place, from the zip64 extra field where the short fields are full: APPNOTE 4.5.3. */
function readSizes(header: Buffer, extra: Buffer): Pick<ZipEntry, 'size' | 'compressed' | 'offset'> | undefined {
  let size = header.readUInt32LE(24)
  let compressed = header.readUInt32LE(20)
  let offset = header.readUInt32LE(42)
  const zip64 = extraField(extra, 0x0001)
  let at = 0
  const long = (short: number) => {
    if (short !== 0xffffffff || !zip64) return short
    if (at + 8 > zip64.length) return Number.NaN
    at += 8
    return Number(zip64.readBigUInt64LE(at - 8))
  }
  size = long(size)
  compressed = long(compressed)
  offset = long(offset)
  return [size, compressed, offset].every(Number.isSafeInteger) ? { size, compressed, offset } : undefined
}

function extraField(extra: Buffer, id: number): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2)
    if (end > extra.length) return undefined
    if (extra.readUInt16LE(at) === id) return extra.subarray(at + 4, end)
    at = end
  }
  return undefined
}

/**
 * Drops entries that share bytes with another: no writer makes them, and they are how a small archive expands without end
 * (https://www.bamsoftware.com/hacks/zipbomb/). Each entry's stretch is at least its header, its name and its data.
 */
function withoutOverlaps(entries: ZipEntry[], directory: number, problems: ProblemList): ZipEntry[] {
  const refused = new Set<ZipEntry>()
  const inOrder = [...entries].sort((a, b) => a.offset - b.offset)
  let last: ZipEntry | undefined
  let end = 0
  for (const entry of inOrder) {
    const entryEnd = entry.offset + 30 + entry.compressed
    if (entryEnd > directory) {
      refused.add(entry)
      problems.add('archive_damaged', 'its bytes would lie outside the archive', entry.path)
      continue
    }
    if (last && entry.offset < end) {
      for (const one of [last, entry]) {
        if (refused.has(one)) continue
        refused.add(one)
        problems.add('entry_refused', 'it shares its bytes with another entry', one.path)
      }
    } else if (last) last.limit = entry.offset
    if (entryEnd >= end) {
      end = entryEnd
      last = entry
    }
  }
  return refused.size === 0 ? entries : entries.filter((entry) => !refused.has(entry))
}

/** A name as written, with `/` between its parts: some writers on Windows use `\`, against APPNOTE 4.4.17.1. */
export function zipName(bytes: Buffer): string {
  return entryName(bytes, cp437).replaceAll('\\', '/')
}

/** The upper half of IBM code page 437, which names are in where they are not UTF-8: APPNOTE appendix D. */
const UPPER =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

function cp437(bytes: Buffer): string {
  let text = ''
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : UPPER[byte - 0x80]
  return text
}

function exact(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged('a number in it is larger than any file')
  return Number(value)
}
