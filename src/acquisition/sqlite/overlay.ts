import { ExactReader } from './exact-reader.ts'

/** Pages that take the place of a database's own: the committed part of a write-ahead log, or of a rollback journal. */
export interface Overlay {
  /** bytes */
  readonly pageSize: number
  /** the database's size in pages once the overlay is in place, as the log says */
  readonly pages: number
  /** page number, from 1 → where its bytes lie in the log */
  readonly at: ReadonlyMap<number, number>
}

/** What was found in a log, after one pass over all of it. */
export interface LogReading {
  /** absent where nothing in it counts */
  readonly overlay?: Overlay
  /** in plain words, where something is wrong with it */
  readonly damage?: string
  readonly bytes: number
  readonly sha256: string
}

/** Yields the pages of an overlay, in the order in which they lie in the log. */
export async function* overlayPages(
  overlay: Overlay,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ readonly page: number; readonly bytes: Buffer }> {
  const places = [...overlay.at].sort((a, b) => a[1] - b[1])
  const reader = new ExactReader(chunks)
  let position = 0
  try {
    for (const [page, place] of places) {
      await reader.skip(place - position)
      const bytes = await reader.take(overlay.pageSize)
      position = place + overlay.pageSize
      yield { page, bytes }
    }
  } finally {
    await reader.stop()
  }
}

/**
 * The size in pages of a database of `own` pages once the overlay is in place. A log may state any size; pages that neither
 * it nor the database holds are allowed for only as far as SQLite leaves them out itself (pages freed before being written).
 */
export function pagesAfter(overlay: Overlay, own: number): number {
  return Math.min(overlay.pages, 2 * (own + overlay.at.size) + 1_024)
}
