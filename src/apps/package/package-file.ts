import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { PackageError } from './errors.ts'
import type { PackageBytes } from './zip.ts'

/** A regular file of this machine. Never waits for a pipe's other end. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/**
 * Opens a package for reading, one stretch at a time. Throws PackageError NOT_FOUND, UNREADABLE. Not acquisition's reader: loading
 * that room takes longer than reading most packages.
 */
export function openPackageFile(path: string): PackageBytes & { close(): void } {
  let descriptor: number
  try {
    descriptor = openSync(path, READ_ONLY)
  } catch (error) {
    throw unreadable(error)
  }
  const status = fstatSync(descriptor)
  if (!status.isFile()) {
    closeSync(descriptor)
    throw new PackageError('UNREADABLE', 'not a regular file', 'give the file of one package')
  }
  return {
    size: status.size,
    read: (position, length) => {
      const bytes = Buffer.allocUnsafeSlow(Math.max(0, Math.min(length, status.size - position)))
      let held = 0
      try {
        while (held < bytes.length) {
          const read = readSync(descriptor, bytes, held, bytes.length - held, position + held)
          if (read === 0) break
          held += read
        }
      } catch (error) {
        throw unreadable(error)
      }
      return bytes.subarray(0, held)
    },
    close: () => closeSync(descriptor),
  }
}

function unreadable(error: unknown): PackageError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new PackageError('NOT_FOUND', 'there is no such file', 'check the path')
  return new PackageError(
    'UNREADABLE',
    `the system could not read it (${code})`,
    'check who may read it, and try again',
  )
}
