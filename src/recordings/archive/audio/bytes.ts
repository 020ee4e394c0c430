import type { AudioFile } from './audio.ts'

/** Reads on from the beginning, some bytes ahead, so that walking many small frames asks for few pieces. */
export class Forward {
  readonly #file: AudioFile
  #held: Buffer = Buffer.alloc(0)
  #from = 0

  constructor(file: AudioFile) {
    this.#file = file
  }

  get size(): number {
    return this.#file.size
  }

  /** The bytes at a place; fewer where the file ends. */
  async at(offset: number, length: number): Promise<Buffer> {
    const end = Math.min(offset + length, this.#file.size)
    if (offset >= end) return Buffer.alloc(0)
    if (offset < this.#from || end > this.#from + this.#held.length) {
      this.#held = await piece(this.#file, offset, Math.max(length, AHEAD))
      this.#from = offset
    }
    return this.#held.subarray(offset - this.#from, end - this.#from)
  }
}

const AHEAD = 64 << 10

/** The bytes at a place of a file; fewer where it ends. */
export async function piece(file: AudioFile, offset: number, length: number): Promise<Buffer> {
  const bytes = await file.at(offset, Math.max(0, Math.min(length, file.size - offset)))
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}
