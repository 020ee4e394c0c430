import { PIECE, type SealedPieces, VaultError } from '../vault/index.ts'
import { type ByteReader, firstBytes, readingAhead } from './byte-reader.ts'
import { AcquisitionError } from './errors.ts'
import type { FileSource } from './file-source.ts'
import { LocalFile } from './local-file.ts'

/** A file that rests sealed in pieces, read anywhere. One piece at a time is in memory. */
export class SealedFile implements ByteReader {
  readonly size: number
  readonly #file: LocalFile
  readonly #pieces: SealedPieces
  #held: { readonly number: number; readonly bytes: Buffer } | undefined

  private constructor(file: LocalFile, pieces: SealedPieces, size: number) {
    this.#file = file
    this.#pieces = pieces
    this.size = size
  }

  /** `size`: plaintext bytes. Throws AcquisitionError NOT_FOUND, UNREADABLE. */
  static async open(path: string, pieces: SealedPieces, size: number): Promise<SealedFile> {
    return new SealedFile(await LocalFile.open(path), pieces, size)
  }

  read(position: number, length: number): Buffer {
    const end = Math.min(position + Math.max(0, length), this.size)
    const parts: Buffer[] = []
    for (let at = position; at < end; ) {
      const number = Math.floor(at / PIECE)
      const inside = at - number * PIECE
      const part = this.#piece(number).subarray(inside, inside + end - at)
      parts.push(part)
      at += part.length
    }
    // A copy in any case: the piece that is held is overwritten when the next one is read.
    return Buffer.concat(parts)
  }

  chunks(position: number, length: number): AsyncGenerator<Uint8Array> {
    return readingAhead(position, length, async (from, wanted) => {
      const bytes = this.read(from, wanted)
      if (bytes.length < wanted)
        throw new AcquisitionError('DAMAGED', 'an archive ends early', 'get a whole copy of it')
      return bytes
    })
  }

  async close(): Promise<void> {
    this.#held?.bytes.fill(0)
    this.#held = undefined
    await this.#file.close()
  }

  #piece(number: number): Buffer {
    if (this.#held?.number === number) return this.#held.bytes
    const { at, length } = this.#pieces.placeOf(number)
    try {
      const bytes = this.#pieces.open(number, this.#file.read(at, length))
      this.#held?.bytes.fill(0)
      this.#held = { number, bytes }
      return bytes
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      throw new AcquisitionError('DAMAGED', 'what was handed in is not what lies there', 'hand it in again', {
        cause: error,
      })
    }
  }
}

/** One database that was handed in by itself. What it was called is not known, and not needed: its tables say what it is. */
export function sealedDatabase(file: SealedFile): FileSource {
  const path = 'database.db'
  return {
    kind: 'file',
    device: {},
    about: [],
    files: [{ path, size: file.size }],
    missing: [],
    problems: [],
    open: async (wanted) => {
      if (wanted.path !== path) throw new AcquisitionError('NOT_FOUND', 'no such file was given', 'list it again')
      return {
        path,
        size: file.size,
        chunks: () => file.chunks(0, file.size),
        head: (length) => firstBytes(file.chunks(0, file.size), length),
        at: async (offset, length) => file.read(offset, length),
        close: async () => {},
      }
    },
    close: () => file.close(),
  }
}
