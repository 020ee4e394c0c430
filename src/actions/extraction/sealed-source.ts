import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { SealedPieces } from '../../vault/index.ts'
import type { Ops } from '../ops.ts'

const PREFIX = 'source/'

/** Names the key under which a source rests, among the keys of extracts. `id`: of the upload, or of the extraction whose password it is. */
function keyOf(id: string): string {
  return `${PREFIX}${id}`
}

/** Where a source rests. Its name says nothing but an id. */
export function placeOf({ uploadsFolder }: Ops, id: string): string {
  return join(uploadsFolder, id)
}

/** Makes the key of a source that is about to come. */
export async function makeSourceKey({ keyring }: Ops, id: string): Promise<void> {
  await keyring.createExtractKey(keyOf(id))
}

/**
 * Lends what seals and opens a source of so many bytes to `use`, and takes it back. Throws KeyringError NO_SUCH_KEY or KEY_DESTROYED:
 * without the keyring a source is noise.
 */
export async function withPieces<T>(
  { keyring }: Ops,
  id: string,
  bytes: number,
  use: (pieces: SealedPieces) => Promise<T>,
): Promise<T> {
  const pieces = await keyring.useExtractIdentity(keyOf(id), (identity) => new SealedPieces(identity, bytes))
  try {
    return await use(pieces)
  } finally {
    pieces.forget()
  }
}

/** Destroys a source: first its key, after which nothing opens it, then what lies on the disk. May be called again. */
export async function destroySource(ops: Ops, id: string): Promise<void> {
  if (await ops.keyring.has(keyOf(id))) await ops.keyring.destroyExtractKey(keyOf(id))
  await rm(placeOf(ops, id), { force: true })
}

/** The ids of all sources that have a key. */
export async function sourceIds({ keyring }: Ops): Promise<string[]> {
  return (await keyring.extractIds()).flatMap((id) => (id.startsWith(PREFIX) ? [id.slice(PREFIX.length)] : []))
}
