import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { OpenFile } from '../../acquisition/index.ts'
import { PIECE, SealedPieces, unfinishedBeside } from '../../vault/index.ts'
import type { Ops } from '../ops.ts'
import { archiveFolder } from './details.ts'

/** Where the sealed bytes of a recording lie. Its name says nothing but its id. */
export function recordingPlace(ops: Pick<Ops, 'archivesFolder'>, archiveId: string, itemId: string): string {
  if (!/^[0-9a-f]{32}$/.test(itemId)) throw new RangeError('this is no id of a recording')
  return join(archiveFolder(ops, archiveId), 'recordings', itemId.slice(0, 2), itemId)
}

/** A recording whose bytes are sealed and on the disk, under a name that it does not keep. */
export interface SealedRecording {
  readonly recordingKey: string
  readonly making: string
  /** of the plaintext, lower-case hex */
  readonly sha256: string
  readonly bytes: number
}

/** Copies a file, sealed under a new key of its own, to a name beside `place`. Plaintext is in memory only. Throws what the source and the disk throw. */
export async function sealRecording(file: OpenFile, place: string): Promise<SealedRecording> {
  const recordingKey = randomBytes(32).toString('hex')
  const pieces = new SealedPieces(recordingKey, file.size)
  const making = unfinishedBeside(place)
  await mkdir(dirname(place), { recursive: true, mode: 0o700 })
  const out = await open(making, 'wx', 0o600)
  const digest = createHash('sha256')
  let bytes = 0
  try {
    let held: Buffer = Buffer.alloc(0)
    let number = 0
    const write = async (piece: Buffer) => {
      await out.write(pieces.seal(number++, piece))
      piece.fill(0)
    }
    for await (const chunk of file.chunks()) {
      digest.update(chunk)
      bytes += chunk.length
      held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk])
      while (held.length >= PIECE) {
        const rest = Buffer.from(held.subarray(PIECE))
        await write(held.subarray(0, PIECE))
        held = rest
      }
    }
    if (held.length > 0) await write(held)
    await out.sync()
    return { recordingKey, making, sha256: digest.digest('hex'), bytes }
  } catch (error) {
    await rm(making, { force: true })
    throw error
  } finally {
    pieces.forget()
    await out.close()
  }
}

/**
 * Reads the bytes of a recording piece by piece, from `from` up to `to` (not included), and holds no more than a piece. Throws VaultError DAMAGED where
 * they are not what was sealed, and what the disk throws.
 */
export async function* readRecording(
  place: string,
  { recordingKey, bytes }: { readonly recordingKey: string; readonly bytes: number },
  from = 0,
  to = bytes,
): AsyncGenerator<Buffer> {
  const pieces = new SealedPieces(recordingKey, bytes)
  const file = await open(place, 'r')
  try {
    for (let number = Math.floor(from / PIECE); number * PIECE < to; number++) {
      const { at, length } = pieces.placeOf(number)
      const sealed = Buffer.alloc(length)
      const { bytesRead } = await file.read(sealed, 0, length, at)
      const plain = pieces.open(number, sealed.subarray(0, bytesRead))
      yield plain.subarray(Math.max(0, from - number * PIECE), Math.min(plain.length, to - number * PIECE))
    }
  } finally {
    pieces.forget()
    await file.close()
  }
}
