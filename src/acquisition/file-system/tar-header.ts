import { entryName } from '../entry-path.ts'

/** Everything in a tar comes in records of this many bytes. */
export const RECORD = 512

export interface TarHeader {
  readonly name: string
  /** bytes */
  readonly size: number
  /** one character; `0` also for the NUL of old writers */
  readonly type: string
}

/** Reads a ustar header (POSIX.1-2001, pax, "ustar Interchange Format"), or undefined where it is none: its checksum decides. */
export function headerOf(record: Buffer): TarHeader | undefined {
  if (record.length < RECORD) return undefined
  const declared = numberAt(record, 148, 8)
  const size = numberAt(record, 124, 12)
  if (declared === undefined || size === undefined || declared !== checksum(record)) return undefined
  const type = record[156] === 0 ? '0' : String.fromCharCode(record[156]!)
  const name = textAt(record, 0, 100)
  // GNU writes other things where ustar has the prefix, and says so by its magic.
  const ustar = record.subarray(257, 263).toString('latin1') === 'ustar\0'
  const prefix = ustar ? textAt(record, 345, 155) : Buffer.alloc(0)
  const whole = prefix.length > 0 ? Buffer.concat([prefix, Buffer.from('/'), name]) : name
  return { name: decoded(whole), size, type }
}

/** Reads a GNU long name, which ends at its NUL. */
export function nameOf(bytes: Buffer): string {
  return decoded(textAt(bytes, 0, bytes.length))
}

/**
 * Reads the records of a pax extended header, `<length> <key>=<value>\n`, as far as they are sound and mean something here:
 * path, size, and whether the file is sparse in any of GNU's ways.
 */
export function extendedRecords(bytes: Buffer): { path?: string; size?: number; sparse?: boolean } {
  const found: { path?: string; size?: number; sparse?: boolean } = {}
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at)
    if (space < 0 || space - at > 10) break
    const digits = bytes.subarray(at, space).toString('latin1')
    const end = at + Number(digits)
    if (!/^\d+$/.test(digits) || end <= space || end > bytes.length || bytes[end - 1] !== 0x0a) break
    const equals = bytes.indexOf(0x3d, space)
    if (equals > space && equals < end) {
      const key = bytes.subarray(space + 1, equals).toString('latin1')
      const value = bytes.subarray(equals + 1, end - 1)
      if (key === 'path') found.path = decoded(value)
      if (key === 'size' && /^\d{1,15}$/.test(value.toString('latin1'))) found.size = Number(value.toString('latin1'))
      if (key.startsWith('GNU.sparse.')) found.sparse = true
    }
    at = end
  }
  return found
}

/** The sum of all bytes, the field itself read as spaces. Some old writers summed signed bytes; no phone's tool does. */
function checksum(record: Buffer): number {
  let sum = 8 * 0x20
  for (let at = 0; at < 148; at++) sum += record[at]!
  for (let at = 156; at < RECORD; at++) sum += record[at]!
  return sum
}

/** Octal digits, or where the first bit is set a big-endian number (GNU, star). */
function numberAt(record: Buffer, start: number, length: number): number | undefined {
  if (record[start]! & 0x80) {
    let value = record[start]! & 0x7f
    for (let at = start + 1; at < start + length; at++) value = value * 256 + record[at]!
    return Number.isSafeInteger(value) ? value : undefined
  }
  const digits = textAt(record, start, length).toString('latin1').trim()
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : undefined
}

function textAt(record: Buffer, start: number, length: number): Buffer {
  const field = record.subarray(start, start + length)
  const end = field.indexOf(0)
  return end < 0 ? field : field.subarray(0, end)
}

function decoded(bytes: Buffer): string {
  return entryName(bytes, (odd) => odd.toString('latin1'))
}
