import assert from 'node:assert/strict'
import { TlogError } from './errors.ts'
import type { Digest } from './merkle.ts'
import type { HashReader, Node } from './proof.ts'
import { hashOver, parseBundle, parseTile, type Tile, TILE_WIDTH, tilePath, widthOf } from './tile.ts'

/** Gives the bytes of a file of a log by its path below the log's folder, or undefined where there is none. */
export type ReadPath = (path: string) => Uint8Array | undefined | Promise<Uint8Array | undefined>

/**
 * Hashes of a tree of a size, out of its tiles. What it gives is no better than the tiles: a proof made of it must be checked
 * against a signed root. Throws TlogError `TILE_MALFORMED` for a tile that is missing or has another size.
 */
export function tileReader(read: ReadPath, size: number): HashReader {
  const tiles = new Map<string, Promise<Digest[]>>()
  const tileAt = (level: number, index: number): Promise<Digest[]> => {
    const tile = { level, index, width: widthOf(level, index, size) }
    const path = tilePath(tile)
    const known = tiles.get(path) ?? readTile(read, tile)
    tiles.set(path, known)
    return known
  }
  const hashOf = async ({ level, index }: Node): Promise<Digest> => {
    assert((index + 1) * 2 ** level <= size, 'the tree has no such subtree')
    const span = 2 ** (level % 8)
    const first = index * span
    const hashes = await tileAt(Math.floor(level / 8), Math.floor(first / TILE_WIDTH))
    const at = first % TILE_WIDTH
    return hashOver(hashes.slice(at, at + span))
  }
  return { hashes: (nodes) => Promise.all(nodes.map(hashOf)) }
}

/** Reads a partial tile, or the beginning of the full one where the partial one was deleted since. */
export async function readTile(read: ReadPath, tile: Tile): Promise<Digest[]> {
  const bytes = await read(tilePath(tile))
  if (bytes !== undefined) return parseTile(bytes, tile.width)
  const full = tile.width === TILE_WIDTH ? undefined : await read(tilePath({ ...tile, width: TILE_WIDTH }))
  if (full === undefined)
    throw new TlogError('TILE_MALFORMED', `${tilePath(tile)} is missing`, 'restore the file from a copy of the log')
  return parseTile(full, TILE_WIDTH).slice(0, tile.width)
}

/** Reads a partial bundle, or the beginning of the full one where the partial one was deleted since. */
export async function readBundle(read: ReadPath, index: number, width: number): Promise<Buffer[]> {
  const bytes = await read(tilePath({ level: 'entries', index, width }))
  if (bytes !== undefined) return parseBundle(bytes, width)
  const path = tilePath({ level: 'entries', index, width: TILE_WIDTH })
  const full = width === TILE_WIDTH ? undefined : await read(path)
  if (full === undefined)
    throw new TlogError('TILE_MALFORMED', `${path} is missing`, 'restore the file from a copy of the log')
  return parseBundle(full, TILE_WIDTH).slice(0, width)
}
