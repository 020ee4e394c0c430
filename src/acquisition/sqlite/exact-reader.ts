import { createHash, type Hash } from 'node:crypto'

/** Takes a stream of chunks apart in pieces of the caller's sizes, and digests everything that passes. */
export class ExactReader {
  readonly #chunks: AsyncIterator<Uint8Array>
  readonly #hash: Hash = createHash('sha256')
  #held: Uint8Array = new Uint8Array(0)
  #at = 0
  /** bytes that came out of the stream so far */
  #seen = 0

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  get seen(): number {
    return this.#seen
  }

  /** The next `length` bytes; fewer only where the stream ends. Valid until the next call. */
  async take(length: number): Promise<Buffer> {
    if (this.#held.length - this.#at >= length) return this.#view(length)
    const piece = Buffer.allocUnsafe(length)
    let filled = 0
    while (filled < length) {
      if (this.#at === this.#held.length && !(await this.#next())) break
      const part = this.#held.subarray(this.#at, this.#at + length - filled)
      piece.set(part, filled)
      filled += part.length
      this.#at += part.length
    }
    return piece.subarray(0, filled)
  }

  /** Passes over `length` bytes. */
  async skip(length: number): Promise<void> {
    let left = length
    while (left > 0) {
      if (this.#at === this.#held.length && !(await this.#next())) return
      const step = Math.min(left, this.#held.length - this.#at)
      this.#at += step
      left -= step
    }
  }

  /** Reads to the end and returns the digest of the whole stream, lower-case hex. */
  async digest(): Promise<string> {
    while (await this.#next());
    return this.#hash.digest('hex')
  }

  /** Stops before the end. */
  async stop(): Promise<void> {
    await this.#chunks.return?.()
  }

  #view(length: number): Buffer {
    const view = Buffer.from(this.#held.buffer, this.#held.byteOffset + this.#at, length)
    this.#at += length
    return view
  }

  async #next(): Promise<boolean> {
    const next = await this.#chunks.next()
    if (next.done) {
      this.#held = new Uint8Array(0)
      this.#at = 0
      return false
    }
    this.#held = next.value
    this.#at = 0
    this.#hash.update(next.value)
    this.#seen += next.value.length
    return true
  }
}
