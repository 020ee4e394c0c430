import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { unreadable } from '../local-file.ts'

/** How a backup keeps its blobs: in 256 folders by the first two digits from iOS 10 on, side by side before. */
export type Layout = 'folders' | 'flat'

/** The blobs of a backup that are there. */
export class Blobs {
  readonly #there: ReadonlySet<string>

  private constructor(there: ReadonlySet<string>) {
    this.#there = there
  }

  /**
   * Lists what is there: 256 folders cost less than asking for each of 200,000 files. Links are not followed. Throws
   * AcquisitionError UNREADABLE.
   */
  static in(folder: string, layout: Layout): Blobs {
    const there = new Set<string>()
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true }))
        for (const name of named(folder, layout, entry)) if (isBlobName(name)) there.add(name)
    } catch (error) {
      throw unreadable(error)
    }
    return new Blobs(there)
  }

  get count(): number {
    return this.#there.size
  }

  has(id: string): boolean {
    return this.#there.has(id)
  }
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
