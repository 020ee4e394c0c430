import { TlogError } from './errors.ts'
import { type Digest, leafHash, MerkleRoot } from './merkle.ts'
import { parseBundle, type Tile, TILE_WIDTH, tilePath, widthOf } from './tile.ts'
import type { ReadPath } from './tile-reader.ts'

/** Bundles that are read ahead of the hashing. */
const AHEAD = 16

export interface RebuildOptions {
  readonly read: ReadPath
  readonly size: number
  /** is told every entry in its order */
  onEntry(entry: Buffer, index: number): void
  /** is told the root at each of these sizes, which come smallest first */
  readonly sizes: readonly number[]
  onRoot(size: number, root: Digest): void
  /** is told of every tile that is not what the entries imply */
  onWrongTile(path: string): void
}

/**
 * Builds a tree again from the published entries, and holds every published tile to it. Tiles are not used to get at the root: whoever
 * trusts one of them trusts whoever wrote it (CVE-2026-56865). Throws TlogError `TILE_MALFORMED` where entries are missing.
 */
export async function rebuild({ read, size, onEntry, sizes, onRoot, onWrongTile }: RebuildOptions): Promise<Digest> {
  const rows: Digest[][] = []
  let full: { level: number; bytes: Buffer }[] = []
  const tree = new MerkleRoot((level, node) => {
    if (level % 8 !== 0) return
    const row = (rows[level / 8] ??= [])
    row.push(node)
    if (row.length === TILE_WIDTH) full.push({ level: level / 8, bytes: Buffer.concat(row.splice(0)) })
  })
  // Compared while the next entries are hashed, and told in their order.
  const comparing: Promise<string | undefined>[] = []
  const compare = (tile: Tile, bytes: Buffer) => {
    const path = tilePath(tile)
    const same = async () => bytes.equals((await read(path)) ?? Buffer.alloc(0))
    comparing.push(
      same().then(
        (is) => (is ? undefined : path),
        () => path,
      ),
    )
  }
  const compared = async (left: number) => {
    while (comparing.length > left) {
      const wrong = await comparing.shift()
      if (wrong !== undefined) onWrongTile(wrong)
    }
  }
  const wanted = sizes.filter((each) => each <= size)
  let next = 0
  const roots = () => {
    for (; wanted[next] === tree.size; next++) onRoot(tree.size, tree.root())
  }
  roots()
  for await (const bundle of bundles(read, size)) {
    for (const entry of bundle) {
      onEntry(entry, tree.size)
      tree.add(leafHash(entry))
      roots()
    }
    for (const { level, bytes } of full)
      compare({ level, index: tree.size / TILE_WIDTH ** (level + 1) - 1, width: TILE_WIDTH }, bytes)
    full = []
    await compared(AHEAD)
  }
  for (const [level, row] of rows.entries())
    if (row.length > 0)
      compare({ level, index: Math.floor(size / TILE_WIDTH ** (level + 1)), width: row.length }, Buffer.concat(row))
  await compared(0)
  return tree.root()
}

async function* bundles(read: ReadPath, size: number): AsyncGenerator<Buffer[]> {
  const count = Math.ceil(size / TILE_WIDTH)
  const ahead: Promise<Buffer[] | Error>[] = []
  for (let index = 0, next = 0; index < count; index++) {
    while (next < count && next < index + AHEAD) {
      const tile: Tile = { level: 'entries', index: next, width: widthOf(0, next, size) }
      // An error is kept until its turn, or it would be one that nobody waits for.
      ahead.push(
        readOne(read, tile).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error)))),
      )
      next++
    }
    const bundle = await ahead.shift()
    if (bundle instanceof Error || bundle === undefined) throw bundle
    yield bundle
  }
}

async function readOne(read: ReadPath, tile: Tile): Promise<Buffer[]> {
  const path = tilePath(tile)
  const bytes = await read(path)
  if (bytes === undefined)
    throw new TlogError('TILE_MALFORMED', `${path} is missing`, 'ask for a whole copy of the log')
  try {
    return parseBundle(bytes, tile.width)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new TlogError('TILE_MALFORMED', `${path}: ${why}`, 'ask for a whole copy of the log', { cause })
  }
}
