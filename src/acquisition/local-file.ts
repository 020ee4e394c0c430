import { constants, readSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { type ByteReader, readingAhead } from './byte-reader.ts'
import { AcquisitionError } from './errors.ts'

/**
 * Never through a link in the last place, never waiting for a pipe's other end; and where the system lets us, without
 * touching the time of last access.
 */
const READ_ONLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
const UNTOUCHED = READ_ONLY | (constants.O_NOATIME ?? 0)

/** A regular file of this machine, opened for reading. */
export class LocalFile implements ByteReader {
  readonly size: number
  readonly #handle: FileHandle

  private constructor(handle: FileHandle, size: number) {
    this.#handle = handle
    this.size = size
  }

  /** Throws AcquisitionError: NOT_FOUND where there is nothing, UNREADABLE for anything but a readable regular file. */
  static async open(path: string): Promise<LocalFile> {
    const handle = await open(path, UNTOUCHED)
      // Only a file's owner may leave its access time alone.
      .catch((error) => (error.code === 'EPERM' ? open(path, READ_ONLY) : Promise.reject(error)))
      .catch((error) => {
        throw unreadable(error)
      })
    try {
      const status = await handle.stat()
      if (!status.isFile()) throw new AcquisitionError('UNREADABLE', 'not a regular file', 'give a file or a folder')
      return new LocalFile(handle, status.size)
    } catch (error) {
      await handle.close()
      throw error instanceof AcquisitionError ? error : unreadable(error)
    }
  }

  read(position: number, length: number): Buffer {
    const wanted = Math.max(0, Math.min(length, this.size - position))
    const bytes = Buffer.allocUnsafe(wanted)
    let held = 0
    try {
      while (held < wanted) {
        const read = readSync(this.#handle.fd, bytes, held, wanted - held, position + held)
        if (read === 0) break
        held += read
      }
    } catch (error) {
      throw unreadable(error)
    }
    return bytes.subarray(0, held)
  }

  chunks(position: number, length: number): AsyncGenerator<Uint8Array> {
    return readingAhead(position, length, (from, wanted) => this.#chunk(from, wanted))
  }

  close(): Promise<void> {
    return this.#handle.close()
  }

  async #chunk(position: number, length: number): Promise<Uint8Array> {
    const bytes = Buffer.allocUnsafeSlow(length)
    let held = 0
    while (held < length) {
      const read = await this.#handle.read(bytes, held, length - held, position + held).catch((error) => {
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
