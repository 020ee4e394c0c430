import { createDecipheriv } from 'node:crypto'
import type { OpenFile } from '../file-source.ts'
import type { LocalFile } from '../local-file.ts'

const BLOCK = 16
const NO_IV = Buffer.alloc(BLOCK)

/** A file of an encrypted backup, and whether it is shorter than the backup's list says. */
export interface DecryptedFile {
  readonly file: OpenFile
  readonly short: boolean
}

/**
 * Reads a blob of an encrypted backup: AES-256-CBC without an initial value, padded (PKCS #7) to whole blocks. `listed` is
 * the size in bytes that the backup's list gives. Takes the blob over: closing the result closes it.
 */
export function decryptedFile(path: string, blob: LocalFile, key: Buffer, listed: number | undefined): DecryptedFile {
  const whole = blob.size - (blob.size % BLOCK)
  const size = contentLength(blob, whole, key, listed)
  return {
    short: size < (listed ?? 0),
    file: {
      path,
      size,
      chunks: () => chunks(blob, key, size),
      head: async (length) => range(blob, key, 0, Math.min(length, size)),
      at: async (offset, length) => range(blob, key, offset, Math.max(0, Math.min(length, size - offset))),
      close: () => blob.close(),
    },
  }
}

/**
 * How much of the blocks is content. The list's size where blocks and size belong together; otherwise what the padding says,
 * because the list can be older than the file; failing both, all of it.
 */
function contentLength(blob: LocalFile, whole: number, key: Buffer, listed: number | undefined): number {
  if (listed !== undefined && listed <= whole && whole - listed <= BLOCK) return listed
  if (whole === 0) return 0
  const last = range(blob, key, whole - BLOCK, BLOCK)
  const padding = last.at(-1) ?? 0
  const padded = padding >= 1 && padding <= BLOCK && last.subarray(BLOCK - padding).every((byte) => byte === padding)
  if (padded) return whole - padding
  return Math.min(listed ?? whole, whole)
}

async function* chunks(blob: LocalFile, key: Buffer, size: number): AsyncGenerator<Uint8Array> {
  const cipher = createDecipheriv('aes-256-cbc', key, NO_IV).setAutoPadding(false)
  let left = size
  for await (const sealed of blob.chunks(0, blocks(size))) {
    const plain = cipher.update(sealed)
    yield plain.length > left ? plain.subarray(0, left) : plain
    left -= Math.min(left, plain.length)
  }
}

/** Any stretch can be decrypted by itself: a block's initial value is the block before it. */
function range(blob: LocalFile, key: Buffer, offset: number, length: number): Buffer {
  if (length <= 0) return Buffer.alloc(0)
  const start = offset - (offset % BLOCK)
  const iv = start === 0 ? NO_IV : blob.read(start - BLOCK, BLOCK)
  const sealed = blob.read(start, blocks(offset + length - start))
  const cipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
  return cipher.update(sealed).subarray(offset - start, offset - start + length)
}

function blocks(length: number): number {
  return Math.ceil(length / BLOCK) * BLOCK
}
