import assert from 'node:assert/strict'
import { close, constants, fstat, open, read, readSync } from 'node:fs'
import { promisify } from 'node:util'
import { type ByteReader, readingAhead } from './byte-reader.ts'
import { AcquisitionError } from './errors.ts'

/**
 * Never through a link in the last place, never waiting for a pipe's other end; and where the system lets us, without
 * touching the time of last access.
 */
const READ_ONLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
const UNTOUCHED = READ_ONLY | (constants.O_NOATIME ?? 0)

// Descriptors and not FileHandles: a handle that somebody forgot to close ends the whole process when it is collected.
const opened = promisify(open)
const closed = promisify(close)
const readInto = promisify(read)
const statusOf = promisify(fstat)

/** A regular file of this machine, opened for reading. */
export class LocalFile implements ByteReader {
  readonly size: number
  readonly #descriptor: number
  /** reads that have not come back; the descriptor must outlive them, or they would read another file */
  readonly #pending = new Set<Promise<unknown>>()
  #closed = false

  private constructor(descriptor: number, size: number) {
    this.#descriptor = descriptor
    this.size = size
  }

  /** Throws AcquisitionError: NOT_FOUND where there is nothing, UNREADABLE for anything but a readable regular file. */
  static async open(path: string): Promise<LocalFile> {
    const descriptor = await opened(path, UNTOUCHED)
      // Only a file's owner may leave its access time alone.
      .catch((error) => (error.code === 'EPERM' ? opened(path, READ_ONLY) : Promise.reject(error)))
      .catch((error) => {
        throw unreadable(error)
      })
    try {
      const status = await statusOf(descriptor)
      if (!status.isFile()) throw new AcquisitionError('UNREADABLE', 'not a regular file', 'give a file or a folder')
      return new LocalFile(descriptor, status.size)
    } catch (error) {
      await closed(descriptor)
      throw error instanceof AcquisitionError ? error : unreadable(error)
    }
  }

  read(position: number, length: number): Buffer {
    assert(!this.#closed, 'reading a closed file')
    const wanted = Math.max(0, Math.min(length, this.size - position))
    const bytes = Buffer.allocUnsafe(wanted)
    let held = 0
    try {
      while (held < wanted) {
        const read = readSync(this.#descriptor, bytes, held, wanted - held, position + held)
        if (read === 0) break
        held += read
      }
    } catch (error) {
      throw unreadable(error)
    }
    return bytes.subarray(0, held)
  }

  chunks(position: number, length: number): AsyncGenerator<Uint8Array> {
    return readingAhead(position, length, (from, wanted) => {
      const coming = this.#chunk(from, wanted)
      this.#pending.add(coming)
      coming.catch(() => {}).finally(() => this.#pending.delete(coming))
      return coming
    })
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await Promise.allSettled(this.#pending)
    await closed(this.#descriptor)
  }

  async #chunk(position: number, length: number): Promise<Uint8Array> {
    assert(!this.#closed, 'reading a closed file')
    const bytes = Buffer.allocUnsafeSlow(length)
    let held = 0
    while (held < length) {
      const read = await readInto(this.#descriptor, bytes, held, length - held, position + held).catch((error) => {
        throw unreadable(error)
      })
      if (read.bytesRead === 0) {
        throw new AcquisitionError(
          'DAMAGED',
          'a file ends before its size',
          'was it changed while it was read? copy it first',
        )
      }
      held += read.bytesRead
    }
    return bytes
  }
}

/** Says why the system would not read, without the path: names inside a source are the phone's. */
export function unreadable(error: unknown): AcquisitionError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new AcquisitionError('NOT_FOUND', 'there is no such file or folder', 'check the path')
  if (code === 'EACCES' || code === 'EPERM')
    return new AcquisitionError('UNREADABLE', 'not allowed to read it', 'check who may read it, and try again')
  return new AcquisitionError('UNREADABLE', `the system could not read it (${code})`, 'check the disk, and try again')
}
