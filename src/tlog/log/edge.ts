import assert from 'node:assert/strict'
import { TlogError } from '../errors.ts'
import { type Digest, EMPTY_ROOT, leafHash, nodeHash } from '../merkle.ts'
import { formatBundle, hashesAt, hashOver, parseTile, TILE_WIDTH, tilePath, tilesBetween } from '../tile.ts'
import { readBundle, type ReadPath, readTile } from '../tile-reader.ts'

/** An entry that was accepted, with its hash. */
export interface Leaf {
  readonly entry: Buffer
  readonly hash: Digest
}

/** What is needed of a tree to let it grow: its last tiles, as far as they are not full. */
export interface Edge {
  readonly size: number
  readonly bundle: readonly Buffer[]
  /** by level of tile, each fewer than 256 */
  readonly rows: readonly (readonly Digest[])[]
}

export const EMPTY_EDGE: Edge = { size: 0, bundle: [], rows: [] }

/** Adds leaves: gives the new edge and the files that the larger tree has and the smaller had not. */
export function grow(edge: Edge, leaves: readonly Leaf[]): { edge: Edge; files: Map<string, Buffer> } {
  const files = new Map<string, Buffer>()
  const rows = edge.rows.map((row) => [...row])
  const bundle = [...edge.bundle]
  let size = edge.size
  for (const leaf of leaves) {
    size++
    bundle.push(leaf.entry)
    let node = leaf.hash
    for (let level = 0; ; level++) {
      const row = (rows[level] ??= [])
      row.push(node)
      if (row.length < TILE_WIDTH) break
      const index = hashesAt(level, size) / TILE_WIDTH - 1
      if (level === 0)
        files.set(tilePath({ level: 'entries', index, width: TILE_WIDTH }), formatBundle(bundle.splice(0)))
      files.set(tilePath({ level, index, width: TILE_WIDTH }), Buffer.concat(row))
      node = hashOver(row.splice(0))
    }
  }
  for (const tile of tilesBetween(edge.size, size))
    if (tile.width < TILE_WIDTH) {
      if (tile.level === 0) files.set(tilePath({ ...tile, level: 'entries' }), formatBundle(bundle))
      files.set(tilePath(tile), Buffer.concat(rows[tile.level] ?? []))
    }
  return { edge: { size, bundle, rows }, files }
}

/** The root of the tree whose edge this is. */
export function edgeRoot({ rows }: Edge): Digest {
  let root: Digest | undefined
  for (const row of rows)
    for (let end = row.length; end > 0; ) {
      // The last full subtree of the row is as long as the lowest bit of what is left.
      const span = end & -end
      const node = hashOver(row.slice(end - span, end))
      root = root === undefined ? node : nodeHash(node, root)
      end -= span
    }
  return root ?? EMPTY_ROOT
}

/** Reads the edge of a tree of a size from its tiles. Throws TlogError `TILE_MALFORMED` or `LOG_DAMAGED`. */
export async function readEdge(read: ReadPath, size: number): Promise<Edge> {
  const rows: Digest[][] = []
  for (let level = 0; hashesAt(level, size) > 0; level++) {
    const count = hashesAt(level, size)
    const width = count % TILE_WIDTH
    rows.push(width === 0 ? [] : await readTile(read, { level, index: Math.floor(count / TILE_WIDTH), width }))
  }
  const width = size % TILE_WIDTH
  const bundle = width === 0 ? [] : await readBundle(read, Math.floor(size / TILE_WIDTH), width)
  bundle.forEach((entry, at) => assertSame(leafHash(entry), rows[0]?.[at]))
  return { size, bundle, rows }
}

/**
 * Reads from the disk what was just written, hashes it from the entries up, and compares with what is in memory. One flipped bit between
 * the two once ended a public log (Yeti 2022). Throws TlogError `LOG_DAMAGED`.
 */
export async function recheck(read: ReadPath, before: Edge, after: Edge): Promise<void> {
  const full = new Map<string, Digest>()
  for (const { level, index, width } of tilesBetween(before.size, after.size)) {
    const bytes = await read(tilePath({ level, index, width }))
    const hashes = parseTile(bytes ?? Buffer.alloc(0), width)
    const first = index * TILE_WIDTH
    const known = hashesAt(level, before.size) - first
    hashes.slice(0, Math.max(0, known)).forEach((hash, at) => assertSame(hash, before.rows[level]?.[at]))
    if (level === 0)
      (await readBundle(read, index, width)).forEach((entry, at) => assertSame(leafHash(entry), hashes[at]))
    else
      for (let at = Math.max(0, known); at < width; at++) assertSame(full.get(`${level - 1}/${first + at}`), hashes[at])
    if (width === TILE_WIDTH) full.set(`${level}/${index}`, hashOver(hashes))
  }
  const stored = await readEdge(read, after.size)
  assertSame(edgeRoot(stored), edgeRoot(after))
}

function assertSame(one: Digest | undefined, other: Digest | undefined): void {
  assert(other !== undefined)
  if (one?.equals(other) !== true)
    throw new TlogError(
      'LOG_DAMAGED',
      'the disk does not hold what was written to it',
      'stop, and compare the log with a copy',
    )
}
