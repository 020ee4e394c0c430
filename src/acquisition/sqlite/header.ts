const MAGIC = Buffer.from('SQLite format 3\0', 'latin1')
/** Length of a database's header in bytes. */
export const HEADER_BYTES = 100

export function isPageSize(size: number): boolean {
  return size >= 512 && size <= 65_536 && (size & (size - 1)) === 0
}

/** Page size in bytes that a database's first page states, or undefined where it is no database (file format, 1.3). */
export function pageSizeOf(first: Uint8Array): number | undefined {
  if (first.length < HEADER_BYTES || !MAGIC.equals(first.subarray(0, MAGIC.length))) return undefined
  const stated = (first[16]! << 8) | first[17]!
  const size = stated === 1 ? 65_536 : stated
  return isPageSize(size) ? size : undefined
}

/**
 * Makes a merged database openable: marks it as not using a write-ahead log, because the log is already in it, and lowers a
 * page count that the file does not reach, so that what is there can be read. Returns how many pages are missing.
 */
export function mendHeader(first: Buffer, pages: number): number {
  first[18] = 1
  first[19] = 1
  const counted = statedPages(first)
  if (counted === undefined || counted <= pages) return 0
  first.writeUInt32BE(pages, 28)
  return counted - pages
}

/** The database's size in pages, where the header's own rule says that it can be believed (file format, 1.3.7). */
export function statedPages(first: Buffer): number | undefined {
  const count = first.readUInt32BE(28)
  return count > 0 && first.readUInt32BE(24) === first.readUInt32BE(92) ? count : undefined
}
