import { type Digest, leafHash, nodeHash } from './merkle.ts'
import type { HashReader } from './proof.ts'
import { formatBundle, TILE_WIDTH, tilePath, tilesBetween } from './tile.ts'

/** A tree in memory for tests: every hash of every full subtree. */
export class TestTree implements HashReader {
  readonly entries: Buffer[] = []
  readonly #levels: Digest[][] = []

  constructor(size = 0) {
    for (let at = 0; at < size; at++) this.add(Buffer.from(`entry ${at}`))
  }

  add(entry: Buffer): void {
    this.entries.push(entry)
    let node = leafHash(entry)
    for (let level = 0; ; level++) {
      const row = (this.#levels[level] ??= [])
      row.push(node)
      if (row.length % 2 === 1) return
      node = nodeHash(row[row.length - 2] as Digest, node)
    }
  }

  hashes(nodes: readonly { level: number; index: number }[]): Digest[] {
    return nodes.map(({ level, index }) => this.#levels[level]?.[index] as Digest)
  }

  /** Every file below `tile/` of the tree at a size. */
  files(size = this.entries.length): Map<string, Buffer> {
    const files = new Map<string, Buffer>()
    for (const tile of tilesBetween(0, size)) {
      const nodes = Array.from({ length: tile.width }, (_, at) => ({
        level: tile.level * 8,
        index: tile.index * TILE_WIDTH + at,
      }))
      files.set(tilePath(tile), Buffer.concat(this.hashes(nodes)))
      if (tile.level === 0) {
        const first = tile.index * TILE_WIDTH
        files.set(tilePath({ ...tile, level: 'entries' }), formatBundle(this.entries.slice(first, first + tile.width)))
      }
    }
    return files
  }
}
