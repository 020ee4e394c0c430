import { readFile, writeFile } from 'node:fs/promises'
import type { Ops } from '../ops.ts'
import { destroySource, makeSourceKey, placeOf, withPieces } from './sealed-source.ts'

/** Longest password of a source, in UTF-8 bytes. */
export const LONGEST_PASSWORD = 1024

/** Puts the password of a source where only the worker finds it: sealed, beside the uploads, under a key that goes with the extraction. */
export async function keepPassword(ops: Ops, extraction: string, password: string): Promise<void> {
  await makeSourceKey(ops, extraction)
  // Padded, so that its length is not told either.
  const plain = Buffer.alloc(2 + LONGEST_PASSWORD)
  plain.writeUInt16BE(Buffer.byteLength(password))
  plain.write(password, 2)
  const sealed = await withPieces(ops, extraction, plain.length, async (pieces) => pieces.seal(0, plain))
  plain.fill(0)
  await writeFile(placeOf(ops, extraction), sealed, { mode: 0o600, flag: 'wx', flush: true })
}

/** Reads it back. */
export async function passwordOf(ops: Ops, extraction: string): Promise<string> {
  const sealed = await readFile(placeOf(ops, extraction))
  return withPieces(ops, extraction, 2 + LONGEST_PASSWORD, async (pieces) => {
    const plain = pieces.open(0, sealed)
    const password = plain.toString('utf8', 2, 2 + plain.readUInt16BE())
    plain.fill(0)
    return password
  })
}

/** Destroys it. May be called again, and where there was none. */
export async function forgetPassword(ops: Ops, extraction: string): Promise<void> {
  await destroySource(ops, extraction)
}
