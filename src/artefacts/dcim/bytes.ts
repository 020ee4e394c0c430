import type { OpenFile } from '../../acquisition/index.ts'

/** What is read first of every file: the header of a picture with its EXIF, or a film's first boxes. */
const HEAD = 64 * 1024

/** What is asked of a file at a time at most: a block of EXIF, one table of a film. */
const MOST = 256 * 1024

/** What is held of a run, and how often one may begin: boxes lie in order, and a file made to be run through is not. */
const MOST_HELD = 4 * 1024 * 1024
const MOST_RUNS = 4

/** Places in one file that are looked at beyond its head. */
const MOST_READS = 4096

/**
 * Bytes of one file at any place, read as sparingly as its source allows: from its head, else at an offset, else by running
 * through the file, forwards. Then it holds the last 4 MiB, so that a film's table of contents is run to once.
 */
export class Bytes {
  readonly size: number
  /** bytes that were looked at */
  read = 0
  readonly #file: OpenFile
  readonly #head: Uint8Array
  #reads = 0
  #chunks: AsyncIterator<Uint8Array> | undefined
  /** the chunks last read, in order */
  #held: { readonly at: number; readonly bytes: Uint8Array }[] = []
  #reached = 0
  #runs = 0

  static async of(file: OpenFile): Promise<Bytes> {
    return new Bytes(file, await file.head(Math.min(HEAD, file.size)))
  }

  private constructor(file: OpenFile, head: Uint8Array) {
    this.#file = file
    this.#head = head
    this.size = file.size
    this.read = head.length
  }

  get head(): Uint8Array {
    return this.#head
  }

  /** `length` bytes (256 KiB at most) from `offset`; fewer at the end of the file, and none for a place that cannot be. */
  async at(offset: number, length: number): Promise<Uint8Array> {
    const end = Math.min(offset + Math.min(length, MOST), this.size)
    if (!Number.isSafeInteger(offset) || offset < 0 || end <= offset) return new Uint8Array()
    if (end <= this.#head.length) return this.#head.subarray(offset, end)
    if (++this.#reads > MOST_READS) return new Uint8Array()
    if (this.#file.at === undefined) return this.#run(offset, end)
    const bytes = await this.#file.at(offset, end - offset)
    this.read += bytes.length
    return bytes
  }

  /** Ends a run through the file, if there was one. */
  async close(): Promise<void> {
    await this.#chunks?.return?.()
  }

  async #run(offset: number, end: number): Promise<Uint8Array> {
    const found = new Uint8Array(end - offset)
    let filled = 0
    while (filled < found.length) {
      const at = offset + filled
      const held = this.#held.find((chunk) => at >= chunk.at && at < chunk.at + chunk.bytes.length)
      if (held !== undefined) {
        const piece = held.bytes.subarray(at - held.at, at - held.at + found.length - filled)
        found.set(piece, filled)
        filled += piece.length
      } else if (!(await this.#next(at))) break
    }
    return found.subarray(0, filled)
  }

  /** Runs on by one chunk towards `at`; from the beginning again where `at` lies before what is still held. */
  async #next(at: number): Promise<boolean> {
    if (this.#chunks === undefined || at < this.#reached) {
      if (this.#runs++ === MOST_RUNS) return false
      await this.close()
      this.#chunks = this.#file.chunks()[Symbol.asyncIterator]()
      this.#held = []
      this.#reached = 0
    }
    const next = await this.#chunks.next()
    if (next.done === true) return false
    // A copy, because a source may use its buffer again.
    this.#held.push({ at: this.#reached, bytes: next.value.slice() })
    this.#reached += next.value.length
    this.read += next.value.length
    while ((this.#held[1]?.at ?? 0) > 0 && this.#reached - (this.#held[0]?.at ?? 0) > MOST_HELD) this.#held.shift()
    return true
  }
}

export function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Bytes as Latin-1: tags and names of formats, which are ASCII. */
export function ascii(bytes: Uint8Array, from = 0, to = bytes.length): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to)
}
