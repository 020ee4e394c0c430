import { crc32, inflateRawSync } from 'node:zlib'
import { FleetError } from '../errors.ts'

/** The largest export, unpacked, in bytes: below what a text may hold. */
export const LARGEST_EXPORT = 500 << 20
/** Tables repeat themselves; what expands further than this was made to fill memory. */
const MOST_RATIO = 250
const RATIO_FLOOR = 1 << 20

/** Signatures, APPNOTE.TXT 6.3.10, 4.3. */
const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50

/**
 * The one file of a zip, as Intune's export jobs give it; bytes that are no zip are returned as they are. Throws FleetError
 * BAD_ARCHIVE where it holds anything but one file or lies about it, TOO_LARGE where that is beyond 500 MiB.
 */
export function onlyFile(bytes: Uint8Array): Uint8Array {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (zip.length < 4 || zip.readUInt32LE(0) !== LOCAL) return within(bytes)
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0 || end + 22 > zip.length || zip.readUInt32LE(end) !== END) throw bad('it ends early')
  if (zip.readUInt16LE(end + 10) !== 1) throw bad('it does not hold one file')
  const entry = zip.readUInt32LE(end + 16)
  if (entry + 46 > end || zip.readUInt32LE(entry) !== CENTRAL) throw bad('its directory is not where it says')
  const method = zip.readUInt16LE(entry + 10)
  if (zip.readUInt16LE(entry + 8) & 1) throw bad('it is encrypted')
  const crc = zip.readUInt32LE(entry + 16)
  const packed = zip.readUInt32LE(entry + 20)
  const size = zip.readUInt32LE(entry + 24)
  const local = zip.readUInt32LE(entry + 42)
  if (local + 30 > entry || zip.readUInt32LE(local) !== LOCAL) throw bad('its file is not where it says')
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  if (start + packed > entry) throw bad('its file is cut off')
  if (size > LARGEST_EXPORT) throw tooLarge()
  if (size > packed * MOST_RATIO + RATIO_FLOOR) throw bad('it expands beyond measure')
  const body = zip.subarray(start, start + packed)
  const file = method === 0 ? body : method === 8 ? inflated(body, size) : undefined
  if (file === undefined) throw bad('its compression is not known')
  if (file.length !== size || crc32(file) !== crc) throw bad('its file is not what it says')
  return file
}

function inflated(body: Uint8Array, size: number): Buffer {
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(size, 1) })
  } catch {
    throw bad('its file cannot be unpacked')
  }
}

function within(bytes: Uint8Array): Uint8Array {
  if (bytes.length > LARGEST_EXPORT) throw tooLarge()
  return bytes
}

function bad(what: string): FleetError {
  return new FleetError('BAD_ARCHIVE', `the archive cannot be read: ${what}`, 'export it again')
}

function tooLarge(): FleetError {
  return new FleetError('TOO_LARGE', 'the export is larger than 500 MiB', 'export fewer devices at a time')
}
