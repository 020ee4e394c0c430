/** The most that is ever read of a file in one piece, in bytes. */
export const CHUNK = 1 << 20

/** Bytes at known places: a file, a stretch of one, or a sealed scratch. Reading only. */
export interface ByteReader {
  /** bytes */
  readonly size: number
  /** Reads at once, for headers: fewer bytes than asked only where the end is reached. Throws AcquisitionError UNREADABLE. */
  read(position: number, length: number): Buffer
  /** Yields exactly `length` bytes in chunks of at most 1 MiB. Throws AcquisitionError DAMAGED where it ends earlier. */
  chunks(position: number, length: number): AsyncGenerator<Uint8Array>
  close(): Promise<void>
}

/** A stretch of a reader, as a reader of its own; the stretch is cut where the reader ends. */
export function stretch(reader: ByteReader, start: number): ByteReader {
  const size = Math.max(0, reader.size - start)
  return {
    size,
    read: (position, length) => reader.read(start + position, Math.max(0, Math.min(length, size - position))),
    chunks: (position, length) => reader.chunks(start + position, length),
    close: () => reader.close(),
  }
}

/**
 * Yields a stretch chunk by chunk while the next one is already on its way, so that whoever hashes or seals does not wait
 * for the disk. Nothing is in flight any more once it has ended, so that the file behind it can be closed.
 */
export async function* readingAhead(
  position: number,
  length: number,
  readChunk: (position: number, length: number) => Promise<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const end = position + length
  const fetch = () => {
    if (position >= end) return undefined
    const coming = readChunk(position, Math.min(CHUNK, end - position))
    // A failure is seen when the chunk is awaited; a reader that stops early must not turn it into an unhandled one.
    coming.catch(() => {})
    return coming
  }
  let coming = fetch()
  try {
    while (coming) {
      const chunk = await coming
      position += chunk.length
      coming = fetch()
      yield chunk
    }
  } finally {
    await coming?.catch(() => {})
  }
}

/** Collects the first bytes of a stream, at most `length`, and stops it there. */
export async function firstBytes(chunks: AsyncIterable<Uint8Array>, length: number): Promise<Uint8Array> {
  const kept: Uint8Array[] = []
  let held = 0
  if (length <= 0) return new Uint8Array(0)
  for await (const chunk of chunks) {
    kept.push(chunk.subarray(0, length - held))
    held += Math.min(chunk.length, length - held)
    if (held >= length) break
  }
  return kept.length === 1 ? kept[0]! : Buffer.concat(kept, held)
}
