import type { SourceFile } from './file-source.ts'
import type { ProblemList } from './problem-list.ts'

/** The most entries that a source may list. The fullest phones hold under two million files. */
export const MOST_ENTRIES = 5_000_000

/** An entry as an archive lists it: where its bytes are is the archive's own business. */
export interface Listed {
  readonly path: string
  readonly size: number
}

/**
 * The files of an archive, sorted by path in code-unit order, each path once. `keep` says which of several entries with one
 * path stands: zip writers mean the first, tar's own rule is the last. The others are reported.
 */
export class Listing<Entry extends Listed> {
  readonly files: readonly SourceFile[]
  readonly #entries: readonly Entry[]

  constructor(entries: Entry[], keep: 'first' | 'last', problems: ProblemList) {
    // Array.sort is stable, so entries with one path stay in the archive's order.
    entries.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
    const kept: Entry[] = []
    for (const entry of entries) {
      if (kept.at(-1)?.path !== entry.path) {
        kept.push(entry)
        continue
      }
      problems.add('entry_refused', `a second entry with the same name; the ${keep} one stands`, entry.path)
      if (keep === 'last') kept[kept.length - 1] = entry
    }
    this.#entries = kept
    this.files = kept.map(({ path, size }) => ({ path, size }))
  }

  /** The entry of a listed file, or undefined. */
  find(path: string): Entry | undefined {
    return atPath(this.#entries, path)
  }
}

/** The one with this path, or undefined, of a list that is sorted by path. */
export function atPath<T extends { readonly path: string }>(sorted: readonly T[], path: string): T | undefined {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]!.path < path) low = middle + 1
    else high = middle
  }
  return sorted[low]?.path === path ? sorted[low] : undefined
}
