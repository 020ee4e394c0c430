import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readSync } from 'node:fs'

/** The SHA-256 of a file of ours, lower-case hex. With `sync`, its bytes are on the disk before this returns. */
export async function digestFile(path: string, options?: { sync?: boolean }): Promise<string> {
  const file = openSync(path, 'r')
  const buffer = Buffer.allocUnsafe(1 << 20)
  const digest = createHash('sha256')
  try {
    if (options?.sync) fsyncSync(file)
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer))
      digest.update(buffer.subarray(0, read))
    return digest.digest('hex')
  } finally {
    closeSync(file)
  }
}
