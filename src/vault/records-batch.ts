/** Bytes in one batch: enough to make the crossing between threads cheap, few enough to hold several. */
const BATCH = 256 << 10

/** No character of UTF-16 is more bytes than this in UTF-8. */
const MOST_BYTES = 3

/**
 * Records on their way to the thread that writes them: the canonical JSON of each in UTF-8, behind the zero byte that its
 * Merkle leaf begins with (RFC 6962 §2.1). JSON holds no zero byte, so that the same byte tells them apart.
 */
export class RecordsBatch {
  #bytes = Buffer.alloc(0)
  #filled = 0

  /** Adds the next record; false where there is no room for it, and nothing was added. */
  add(json: string): boolean {
    if (this.#bytes.length === 0) this.#bytes = Buffer.allocUnsafeSlow(BATCH)
    if (this.#filled + 1 + json.length * MOST_BYTES > BATCH) return false
    this.#bytes[this.#filled] = 0
    this.#filled += 1 + this.#bytes.write(json, this.#filled + 1)
    return true
  }

  /** Takes everything out. The bytes stand alone in their buffer, which may be handed over to another thread. */
  take(): Uint8Array {
    const filled = this.#bytes.subarray(0, this.#filled)
    this.#bytes = Buffer.alloc(0)
    this.#filled = 0
    return filled
  }

  /** A batch of one record, however long. */
  static of(json: string): Uint8Array {
    return Buffer.from(`\0${json}`)
  }
}

/** The leaves of a batch, each with its zero byte, in their order. Views, not copies. */
export function* leavesOf(batch: Uint8Array): Generator<Buffer> {
  const bytes = Buffer.from(batch.buffer, batch.byteOffset, batch.length)
  for (let start = 0; start < bytes.length; ) {
    const next = bytes.indexOf(0, start + 1)
    const end = next === -1 ? bytes.length : next
    yield bytes.subarray(start, end)
    start = end
  }
}
