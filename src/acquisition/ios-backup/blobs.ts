import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { unreadable } from '../local-file.ts'

/** How a backup keeps its blobs: in 256 folders by the first two digits from iOS 10 on, side by side before. */
export type Layout = 'folders' | 'flat'

/** The blobs of a backup that are there. */
export class Blobs {
  readonly #folder: string
  readonly #layout: Layout
  readonly #there: ReadonlySet<string>

  private constructor(folder: string, layout: Layout, there: ReadonlySet<string>) {
    this.#folder = folder
    this.#layout = layout
    this.#there = there
  }

  /**
   * Lists what is there: 256 folders cost less than asking for each of 200,000 files. Links are not followed. Throws
   * AcquisitionError UNREADABLE.
   */
  static async in(folder: string, layout: Layout): Promise<Blobs> {
    const there = new Set<string>()
    for (const entry of await entries(folder)) {
      if (layout === 'flat' && entry.isFile() && isBlobName(entry.name)) there.add(entry.name)
      if (layout === 'flat' || !entry.isDirectory() || !/^[0-9a-f]{2}$/.test(entry.name)) continue
      for (const { name } of await entries(join(folder, entry.name)))
        if (isBlobName(name) && name.startsWith(entry.name)) there.add(name)
    }
    return new Blobs(folder, layout, there)
  }

  get count(): number {
    return this.#there.size
  }

  has(id: string): boolean {
    return this.#there.has(id)
  }

  place(id: string): string {
    return this.#layout === 'flat' ? join(this.#folder, id) : join(this.#folder, id.slice(0, 2), id)
  }
}

export function isBlobName(name: string): boolean {
  return /^[0-9a-f]{40}$/.test(name)
}

function entries(folder: string) {
  return readdir(folder, { withFileTypes: true }).catch((error) => {
    throw unreadable(error)
  })
}
