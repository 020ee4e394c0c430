import { ExactReader } from './exact-reader.ts'
import { isPageSize } from './header.ts'
import type { LogReading } from './overlay.ts'

const HEADER = 32
const FRAME_HEADER = 24
const MAGIC = 0x377f_0682
const VERSION = 3_007_000

/**
 * Reads a write-ahead log as SQLite does after a crash (file format, 4: "The Write-Ahead Log"): frames count up to the last
 * one that commits, as long as salts and the running checksum agree. Frames with other salts are left over from before the
 * log was last begun anew and mean nothing; frames with the right salts that are not committed or not intact are reported.
 */
export async function readWriteAheadLog(chunks: AsyncIterable<Uint8Array>): Promise<LogReading> {
  const reader = new ExactReader(chunks)
  const found = await readFrames(reader)
  const sha256 = await reader.digest()
  return { ...found, bytes: reader.seen, sha256 }
}

async function readFrames(reader: ExactReader): Promise<Pick<LogReading, 'overlay' | 'damage'>> {
  const header = Buffer.from(await reader.take(HEADER))
  if (header.every((byte) => byte === 0)) return {}
  if (header.length < HEADER) return { damage: 'it ends inside its header' }
  const magic = header.readUInt32BE(0)
  if ((magic & 0xffff_fffe) !== MAGIC || header.readUInt32BE(4) !== VERSION) return { damage: 'its header is not one' }
  const pageSize = header.readUInt32BE(8)
  const littleEndian = (magic & 1) === 0
  const sum: Sum = { first: 0, second: 0 }
  checksum(sum, header, 24, littleEndian)
  if (!isPageSize(pageSize) || sum.first !== header.readUInt32BE(24) || sum.second !== header.readUInt32BE(28))
    return { damage: 'its header is not intact' }

  const committed = new Map<number, number>()
  let pending = new Map<number, number>()
  let pages = 0
  let damage: string | undefined
  for (let position = HEADER; ; position += FRAME_HEADER + pageSize) {
    const frame = await reader.take(FRAME_HEADER + pageSize)
    const current = frame.length >= 16 && header.compare(frame, 8, 16, 16, 24) === 0
    if (!current) break
    if (frame.length < FRAME_HEADER + pageSize) {
      damage = 'it ends inside a frame'
      break
    }
    checksum(sum, frame, 8, littleEndian)
    checksum(sum, frame.subarray(FRAME_HEADER), pageSize, littleEndian)
    const page = frame.readUInt32BE(0)
    if (page === 0 || sum.first !== frame.readUInt32BE(16) || sum.second !== frame.readUInt32BE(20)) {
      damage = 'a frame after the last valid one is not intact'
      break
    }
    pending.set(page, position + FRAME_HEADER)
    const size = frame.readUInt32BE(4)
    if (size === 0) continue
    for (const [number, place] of pending) committed.set(number, place)
    pending = new Map()
    pages = size
  }
  if (pending.size > 0) damage ??= 'frames of an unfinished transaction follow the last valid one'
  if (committed.size === 0) return { damage }
  for (const page of committed.keys()) if (page > pages) committed.delete(page)
  return { overlay: { pageSize, pages, at: committed }, damage }
}

interface Sum {
  first: number
  second: number
}

/** Adds to the running checksum: Fibonacci-weighted, over pairs of 32-bit words in the byte order that the magic names. */
function checksum(sum: Sum, bytes: Buffer, length: number, littleEndian: boolean): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, length)
  let first = sum.first | 0
  let second = sum.second | 0
  for (let at = 0; at < length; at += 8) {
    first = (first + view.getInt32(at, littleEndian) + second) | 0
    second = (second + view.getInt32(at + 4, littleEndian) + first) | 0
  }
  sum.first = first >>> 0
  sum.second = second >>> 0
}
