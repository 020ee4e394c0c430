import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openCheckpoint, type SignedCheckpoint } from '../checkpoint.ts'
import { TlogError } from '../errors.ts'
import { type Digest, leafHash } from '../merkle.ts'
import { readDecimal } from '../text.ts'
import { type ReadPath, readTile } from '../tile-reader.ts'
import { TILE_WIDTH, widthOf } from '../tile.ts'
import type { Verifier } from '../vkey.ts'
import type { DurableFolder } from './disk.ts'
import { type Edge, EMPTY_EDGE, edgeRoot, type Leaf, readEdge } from './edge.ts'
import type { WriteAhead } from './write-ahead.ts'

/** Where a log stands when it is opened. */
export interface Recovered {
  /** the last checkpoint that was signed, as a note; absent for a new log */
  readonly signed?: string
  readonly edge: Edge
  /** accepted, and not below the signed root yet */
  readonly pending: Leaf[]
}

/** The last signed note, kept before it is published: by it an older copy of the log is told from the log. */
export const SIGNED = 'signed'

/**
 * Finds out where the log stands. Throws TlogError `LOG_DAMAGED` where entries that were accepted or signed are missing or altered,
 * `LOG_ROLLED_BACK` where the state is older than what was published.
 */
export async function recover(
  served: DurableFolder,
  state: DurableFolder,
  ahead: WriteAhead,
  key: Verifier,
): Promise<Recovered> {
  const note = (await state.read(SIGNED))?.toString()
  const published = await lastPublished(served, key)
  const batches = await ahead.recover()
  if (note === undefined) {
    if (published !== undefined || batches.length > 0)
      throw new TlogError(
        'LOG_DAMAGED',
        'the state of the log is missing',
        'restore it from a copy; a log without it cannot go on',
      )
    return { edge: EMPTY_EDGE, pending: [] }
  }
  const signed = openCheckpoint(note, [key])
  if (published !== undefined && published.size > signed.size)
    throw new TlogError(
      'LOG_ROLLED_BACK',
      'the log has published more than its state knows: one of them comes from an older copy',
      'do not go on from an older copy: that would be a second log of the same name',
    )
  const read: ReadPath = (path) => served.read(path)
  const edge = await readEdge(read, signed.size)
  if (!edgeRoot(edge).equals(signed.root)) throw damaged('the tree does not have the root that was signed')
  if (published !== undefined && published.size === signed.size && !published.root.equals(signed.root))
    throw damaged('two roots were signed for one size')
  const pending: Leaf[] = []
  const stored = storedHashes(read, signed.size)
  for (const { first, entries } of batches)
    for (const [at, entry] of entries.entries()) {
      const index = first + at
      const leaf = { entry: Buffer.from(entry), hash: leafHash(entry) }
      if (index === signed.size + pending.length) pending.push(leaf)
      else if (index > signed.size) throw damaged('accepted entries are missing')
      else if ((await stored(index))?.equals(leaf.hash) !== true) throw damaged('an entry is another than was accepted')
    }
  return { signed: note, edge, pending }
}

/** Gives hashes of entries by index; for a row of them, each tile is read once. */
function storedHashes(read: ReadPath, size: number): (index: number) => Promise<Digest | undefined> {
  let last = -1
  let hashes: readonly Digest[] = []
  return async (entry) => {
    const index = Math.floor(entry / TILE_WIDTH)
    if (index !== last) hashes = await readTile(read, { level: 0, index, width: widthOf(0, index, size) })
    last = index
    return hashes[entry % TILE_WIDTH]
  }
}

/** The largest checkpoint that stands among what is served. */
async function lastPublished(served: DurableFolder, key: Verifier): Promise<SignedCheckpoint | undefined> {
  const names = await readdir(join(served.path, 'archive')).catch(() => [])
  const sizes = names.map((name) => readDecimal(name.replace(/^checkpoint\./, '')) ?? -1)
  const largest = sizes.reduce((most, size) => Math.max(most, size), -1)
  const notes = [
    await served.read('checkpoint'),
    largest < 0 ? undefined : await served.read(`archive/checkpoint.${largest}`),
  ]
  return notes
    .filter((note) => note !== undefined)
    .map((note) => openCheckpoint(note, [key]))
    .reduce<SignedCheckpoint | undefined>(
      (last, each) => (last === undefined || each.size > last.size ? each : last),
      undefined,
    )
}

function damaged(message: string): TlogError {
  return new TlogError('LOG_DAMAGED', message, 'do not go on; compare the log with a copy, and keep both as they are')
}
