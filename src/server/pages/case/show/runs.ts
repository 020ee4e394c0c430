import type { TimelineEntry } from '../../../../actions/index.ts'

/** An entry of the timeline, with how many of the same kind, of the same person and about the same thing stood under it without another between. */
export interface Run extends TimelineEntry {
  readonly times: number
  /** when the first of them was */
  readonly since: Date
}

/** Draws what was done again and again together into one line, so that what happened once is seen. Newest first, as they come. */
export function runsOf(entries: readonly TimelineEntry[]): Run[] {
  const runs: Run[] = []
  for (const entry of entries) {
    const last = runs.at(-1)
    if (last !== undefined && last.kind === entry.kind && last.who === entry.who && last.about === entry.about)
      runs[runs.length - 1] = { ...last, times: last.times + 1, since: entry.at }
    else runs.push({ ...entry, times: 1, since: entry.at })
  }
  return runs
}
