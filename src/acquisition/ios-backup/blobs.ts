import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { unreadable } from '../local-file.ts'

/** How a backup keeps its blobs: in 256 folders by the first two digits from iOS 10 on, side by side before. */
export type Layout = 'folders' | 'flat'

/** Bytes of a blob's name: it is a SHA-1, in 40 lower-case hex digits. */
export const ID_BYTES = 20
const ID_WORDS = ID_BYTES / 4

/**
 * The blobs of a backup that are there. Their names are kept as bytes in one table, found by their own first bytes, which are
 * as even as any hash: as 200,000 strings in a set they took half of the time of listing a backup.
 */
export class Blobs {
  readonly #names: Int32Array
  /** for each place of the table 1 + the number of a name, or 0; twice as many places as names, or more */
  readonly #table: Int32Array
  readonly count: number

  private constructor(names: Buffer) {
    this.#names = new Int32Array(names.buffer, names.byteOffset, names.length / 4)
    const listed = names.length / ID_BYTES
    this.#table = new Int32Array(2 ** Math.ceil(Math.log2(2 * listed + 1)))
    let count = 0
    for (let at = 0; at < this.#names.length; at += ID_WORDS) {
      const place = this.#place(this.#names, at)
      if (this.#table[place] !== 0) continue
      this.#table[place] = at / ID_WORDS + 1
      count++
    }
    this.count = count
  }

  /**
   * Lists what is there: 256 folders cost less than asking for each of 200,000 files. Links are not followed. Throws
   * AcquisitionError UNREADABLE.
   */
  static in(folder: string, layout: Layout): Blobs {
    const parts: Buffer[] = []
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const names = named(folder, layout, entry).filter(isBlobName)
        if (names.length > 0) parts.push(Buffer.from(names.join(''), 'hex'))
      }
    } catch (error) {
      throw unreadable(error)
    }
    return new Blobs(Buffer.concat(parts))
  }

  /** Whether a blob is there: the name of number `index` in `ids`, a buffer of its own that holds names as bytes, one behind the other. */
  has(ids: Int32Array, index: number): boolean {
    return this.#table[this.#place(ids, index * ID_WORDS)] !== 0
  }

  /** The place of a name in the table: where it is, or where it would be. */
  #place(ids: Int32Array, at: number): number {
    const mask = this.#table.length - 1
    for (let place = ids[at]! & mask; ; place = (place + 1) & mask) {
      const there = this.#table[place]!
      if (there === 0 || same(this.#names, (there - 1) * ID_WORDS, ids, at)) return place
    }
  }
}

function same(one: Int32Array, at: number, other: Int32Array, from: number): boolean {
  for (let word = 0; word < ID_WORDS; word++) if (one[at + word] !== other[from + word]) return false
  return true
}

/** Where a blob of a backup lies. */
export function blobPlace(folder: string, layout: Layout, id: string): string {
  return layout === 'flat' ? join(folder, id) : join(folder, id.slice(0, 2), id)
}

export function isBlobName(name: string): boolean {
  return /^[0-9a-f]{40}$/.test(name)
}

/** Names of blobs that an entry of the backup's folder stands for. Read at once: 256 waits cost more than the reading. */
function named(folder: string, layout: Layout, entry: Dirent): string[] {
  if (layout === 'flat') return entry.isFile() ? [entry.name] : []
  if (!entry.isDirectory() || !/^[0-9a-f]{2}$/.test(entry.name)) return []
  return readdirSync(join(folder, entry.name)).filter((name) => name.startsWith(entry.name))
}
