import { createCipheriv, randomBytes } from 'node:crypto'
import { constants, ftruncateSync, openSync, readSync, statfsSync, unlinkSync, closeSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ByteReader, readingAhead } from './byte-reader.ts'
import { AcquisitionError } from './errors.ts'

/** A folder in which scratch may lie, and how many bytes of it may be used. */
export interface ScratchPlace {
  readonly folder: string
  readonly budget: number
}

interface Segment {
  readonly descriptor: number
  readonly start: number
  length: number
}

/** What may be taken of memory: a quarter of what is free there, and no more than this. The rest goes to the disk. */
const MOST_IN_MEMORY = 1 << 30
const BLOCK = 16

/**
 * Bytes that do not fit memory, sealed: AES-256-CTR under a key that exists only in this object, in files that lose their
 * names at once and so are gone when the process is, however it ends. Written once from start to end, then read anywhere.
 * Begins in memory (/dev/shm) and goes on in the folder for temporary files. Not authenticated: nobody else holds the file.
 */
export class SealedScratch implements ByteReader {
  readonly #key = randomBytes(32)
  readonly #nonce = randomBytes(BLOCK)
  readonly #places: ScratchPlace[]
  readonly #segments: Segment[] = []
  #cipher = createCipheriv('aes-256-ctr', this.#key, this.#nonce)
  #size = 0
  #left = 0
  #closed = false

  constructor(places: readonly ScratchPlace[] = scratchPlaces()) {
    this.#places = [...places]
  }

  /** bytes written so far */
  get size(): number {
    return this.#size
  }

  /** Writes at the end. Throws AcquisitionError TOO_LARGE where no place has room any more. */
  write(bytes: Uint8Array): void {
    const sealed = this.#cipher.update(bytes)
    let written = 0
    while (written < sealed.length) {
      if (this.#left <= 0) this.#nextSegment()
      const segment = this.#segments.at(-1)!
      const wanted = Math.min(sealed.length - written, this.#left)
      try {
        const count = writeSync(segment.descriptor, sealed, written, wanted, segment.length)
        written += count
        segment.length += count
        this.#left -= count
        this.#size += count
      } catch (error) {
        // A disk that is full, over its quota or failing ends this place, not the work: the next one may have room.
        if (typeof (error as NodeJS.ErrnoException).errno !== 'number') throw error
        this.#left = 0
      }
    }
  }

  read(position: number, length: number): Buffer {
    const wanted = Math.max(0, Math.min(length, this.#size - position))
    const skipped = position % BLOCK
    const sealed = Buffer.allocUnsafe(skipped + wanted)
    this.#fill(sealed, position - skipped)
    const cipher = createCipheriv('aes-256-ctr', this.#key, counterAt(this.#nonce, (position - skipped) / BLOCK))
    return cipher.update(sealed).subarray(skipped)
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
    if (this.#closed) return
    this.#closed = true
    this.#key.fill(0)
    for (const { descriptor } of this.#segments) {
      ftruncateSync(descriptor, 0)
      closeSync(descriptor)
    }
  }

  #fill(target: Buffer, position: number): void {
    let held = 0
    for (const { descriptor, start, length } of this.#segments) {
      while (held < target.length && position + held >= start && position + held < start + length) {
        const inside = position + held - start
        const count = readSync(descriptor, target, held, Math.min(target.length - held, length - inside), inside)
        if (count === 0) throw new AcquisitionError('UNREADABLE', 'the scratch file ended early', 'check the disk')
        held += count
      }
    }
  }

  #nextSegment(): void {
    for (let place = this.#places.shift(); place; place = this.#places.shift()) {
      if (place.budget <= 0) continue
      const path = join(place.folder, `.peel-${randomBytes(12).toString('hex')}`)
      let descriptor: number
      try {
        descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600)
      } catch {
        continue
      }
      unlinkSync(path)
      this.#segments.push({ descriptor, start: this.#size, length: 0 })
      this.#left = place.budget
      return
    }
    throw new AcquisitionError(
      'TOO_LARGE',
      `what the archive holds does not fit the scratch space (${this.#size} bytes fitted)`,
      'make room in the folder for temporary files, or set TMPDIR to a folder with more',
    )
  }
}

/** Where scratch may lie on this machine: memory first, then the folder for temporary files, a tenth of which stays free. */
export function scratchPlaces(): readonly ScratchPlace[] {
  const inMemory = Math.min(MOST_IN_MEMORY, Math.floor(free('/dev/shm') / 4))
  return [
    { folder: '/dev/shm', budget: inMemory },
    { folder: tmpdir(), budget: Math.floor(free(tmpdir()) * 0.9) },
  ]
}

function free(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return 0
  }
}

/** The counter block after `blocks` blocks: a 128-bit big-endian addition (NIST SP 800-38A, B.1). */
function counterAt(nonce: Buffer, blocks: number): Buffer {
  const sum = (BigInt(`0x${nonce.toString('hex')}`) + BigInt(blocks)) & ((1n << 128n) - 1n)
  return Buffer.from(sum.toString(16).padStart(32, '0'), 'hex')
}
