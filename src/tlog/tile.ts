import assert from 'node:assert/strict'
import { TlogError } from './errors.ts'
import { type Digest, nodeHash } from './merkle.ts'
import { readDecimal } from './text.ts'

/** Hashes in a full tile, and entries in a full bundle (c2sp.org/tlog-tiles). */
export const TILE_WIDTH = 256
/** The longest entry that a bundle can hold, bytes. */
export const ENTRY_LIMIT = 65_535

/** A file of hashes, or of entries: which, where, and how many are in it. */
export interface Tile {
  /** 0 = hashes of entries; each level above has one hash for each full tile below */
  readonly level: number | 'entries'
  readonly index: number
  /** 1 to 256; below 256 the tile is partial */
  readonly width: number
}

/** Path of a tile below the folder of the log, e.g. `tile/0/x001/234.p/7`. `readTilePath` is the inverse. */
export function tilePath({ level, index, width }: Tile): string {
  assert(width >= 1 && width <= TILE_WIDTH && Number.isSafeInteger(index) && index >= 0)
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? []
  const name = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${level}/${name}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

/** Reads the path of a tile; gives undefined for everything that no tile is called. */
export function readTilePath(path: string): Tile | undefined {
  const [, level = '', name = '', width] =
    /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? []
  const index = Number(name.replaceAll(/[x/]/g, ''))
  const tile: Tile = {
    level: level === 'entries' ? level : (readDecimal(level) ?? 64),
    index,
    width: width === undefined ? TILE_WIDTH : (readDecimal(width) ?? 0),
  }
  const possible = Number.isSafeInteger(index) && tile.width >= 1 && (tile.level === 'entries' || tile.level <= 63)
  return name !== '' && possible && tilePath(tile) === path ? tile : undefined
}

/** How many hashes the tiles of a level have together in a tree of a size. */
export function hashesAt(level: number, size: number): number {
  // Exact: a division by a power of two only shifts.
  return Math.floor(size / TILE_WIDTH ** level)
}

/** Width of one tile in a tree of a size; 0 where there is none. */
export function widthOf(level: number, index: number, size: number): number {
  return Math.max(0, Math.min(TILE_WIDTH, hashesAt(level, size) - index * TILE_WIDTH))
}

/** The tiles of hashes that a tree has and a smaller one did not, lowest level first; all of them when `from` is 0. */
export function* tilesBetween(from: number, to: number): Generator<Tile & { level: number }> {
  for (let level = 0; hashesAt(level, to) > 0; level++) {
    const first = hashesAt(level, from)
    const end = hashesAt(level, to)
    if (first < end)
      for (let index = Math.floor(first / TILE_WIDTH); index * TILE_WIDTH < end; index++)
        yield { level, index, width: Math.min(TILE_WIDTH, end - index * TILE_WIDTH) }
  }
}

/** Takes a tile of hashes apart. Throws TlogError `TILE_MALFORMED` where it has not the width that it should have. */
export function parseTile(bytes: Uint8Array, width: number): Digest[] {
  if (bytes.length !== width * 32) throw malformed('a tile has not the size that belongs to its name')
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  return Array.from({ length: width }, (_, at) => buffer.subarray(at * 32, at * 32 + 32))
}

/** Joins entries, each behind its length as a big-endian uint16. */
export function formatBundle(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      assert(entry.length <= ENTRY_LIMIT, 'an entry is too long for a bundle')
      return [Buffer.of(entry.length >> 8, entry.length & 255), entry]
    }),
  )
}

/** Takes a bundle of entries apart. Throws TlogError `TILE_MALFORMED` where it is cut, too long, or has not as many. */
export function parseBundle(bytes: Uint8Array, width: number): Buffer[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const entries: Buffer[] = []
  let at = 0
  while (at < buffer.length) {
    if (entries.length === width) throw malformed('a bundle has more entries than belong to its name')
    const start = at + 2
    const end = start <= buffer.length ? start + buffer.readUInt16BE(at) : Number.POSITIVE_INFINITY
    if (end > buffer.length) throw malformed('a bundle is cut off')
    entries.push(buffer.subarray(start, end))
    at = end
  }
  if (entries.length !== width) throw malformed('a bundle has fewer entries than belong to its name')
  return entries
}

/** The hash over a run of hashes of which there are 1, 2, 4, 8 … */
export function hashOver(hashes: readonly Digest[]): Digest {
  let row = [...hashes]
  assert(row.length > 0 && Number.isInteger(Math.log2(row.length)), 'only a full subtree has one hash')
  while (row.length > 1)
    row = Array.from({ length: row.length / 2 }, (_, at) => nodeHash(row[at * 2] as Digest, row[at * 2 + 1] as Digest))
  return row[0] as Digest
}

function malformed(message: string): TlogError {
  return new TlogError('TILE_MALFORMED', message, 'restore the file from a copy of the log')
}
