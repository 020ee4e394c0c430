import { ExactReader } from './exact-reader.ts'
import { isPageSize } from './header.ts'
import type { LogReading } from './overlay.ts'

const MAGIC = Buffer.from('d9d505f920a163d7', 'hex')
const HEADER = 28
/** the page around this byte holds nothing but locks, and is never in a journal */
const LOCK_BYTE = 0x4000_0000
/** the longest name of a super-journal, with what stands around it, in bytes */
const TAIL = 4_096

/** A journal, and the name of the super-journal that decides whether it still counts. */
export interface JournalReading extends LogReading {
  readonly superJournal?: string
}

/**
 * Reads a rollback journal (file format, 3: "The Rollback Journal"): the pages as they were before a transaction that never
 * ended. A journal that is empty, or whose header is zeroed, belongs to a finished transaction and means nothing.
 * `size` is the journal's size in bytes.
 */
export async function readRollbackJournal(chunks: AsyncIterable<Uint8Array>, size: number): Promise<JournalReading> {
  const tail = new Tail()
  const reader = new ExactReader(tail.watch(chunks))
  const overlay = await readRecords(reader, size)
  const sha256 = await reader.digest()
  return { overlay, superJournal: overlay && superJournalIn(tail.bytes), bytes: reader.seen, sha256 }
}

async function readRecords(reader: ExactReader, size: number): Promise<LogReading['overlay']> {
  const at = new Map<number, number>()
  let first: Header | undefined
  let position = 0
  for (;;) {
    const header = headerIn(await reader.take(HEADER))
    if (!header) break
    first ??= header
    if (!isPageSize(first.pageSize) || !isPageSize(Math.max(512, first.sectorSize))) break
    await reader.skip(first.sectorSize - HEADER)
    position += first.sectorSize
    const record = first.pageSize + 8
    const records = header.records === 0xffff_ffff ? Math.floor((size - position) / record) : header.records
    for (let i = 0; i < records; i++) {
      const bytes = await reader.take(record)
      if (bytes.length < record || !isRecord(bytes, header.nonce)) return overlayOf(first, at)
      const page = bytes.readUInt32BE(0)
      // The first image of a page is the one from before the transaction.
      if (page <= first.pages && !at.has(page)) at.set(page, position + 4)
      position += record
    }
    const padding = (first.sectorSize - (position % first.sectorSize)) % first.sectorSize
    await reader.skip(padding)
    position += padding
  }
  return first && overlayOf(first, at)
}

function overlayOf(header: Header, at: Map<number, number>): LogReading['overlay'] {
  return at.size > 0 ? { pageSize: header.pageSize, pages: header.pages, at } : undefined
}

interface Header {
  readonly records: number
  readonly nonce: number
  /** size of the database before the transaction */
  readonly pages: number
  readonly sectorSize: number
  readonly pageSize: number
}

function headerIn(bytes: Buffer): Header | undefined {
  if (bytes.length < HEADER || bytes.compare(MAGIC, 0, 8, 0, 8) !== 0) return undefined
  const sectorSize = bytes.readUInt32BE(20)
  if (sectorSize < 32) return undefined
  return {
    records: bytes.readUInt32BE(8),
    nonce: bytes.readUInt32BE(12),
    pages: bytes.readUInt32BE(16),
    sectorSize,
    pageSize: bytes.readUInt32BE(24),
  }
}

/** A record's checksum is a sample: every 200th byte of the page, from its end, added to the nonce. */
function isRecord(bytes: Buffer, nonce: number): boolean {
  const pageSize = bytes.length - 8
  const page = bytes.readUInt32BE(0)
  if (page === 0 || page === Math.floor(LOCK_BYTE / pageSize) + 1) return false
  let sum = nonce
  for (let i = pageSize - 200; i > 0; i -= 200) sum = (sum + bytes[4 + i]!) >>> 0
  return sum === bytes.readUInt32BE(4 + pageSize)
}

/** The name at a journal's end: length, checksum (sum of the bytes) and the magic follow it. */
function superJournalIn(tail: Buffer): string | undefined {
  const end = tail.length - 16
  if (end < 0 || tail.compare(MAGIC, 0, 8, end + 8) !== 0) return undefined
  const length = tail.readUInt32BE(end)
  if (length === 0 || length > end) return undefined
  const name = tail.subarray(end - length, end)
  let sum = 0
  // The sum is over signed bytes, as C's char is.
  for (const byte of name) sum = (sum + ((byte << 24) >> 24)) >>> 0
  return sum === tail.readUInt32BE(end + 4) ? name.toString('utf8') : undefined
}

/** Keeps the last bytes of a stream that passes. */
class Tail {
  bytes: Buffer = Buffer.alloc(0)

  async *watch(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.bytes = Buffer.concat([this.bytes, chunk.subarray(Math.max(0, chunk.length - TAIL))])
      this.bytes = this.bytes.subarray(Math.max(0, this.bytes.length - TAIL))
      yield chunk
    }
  }
}
