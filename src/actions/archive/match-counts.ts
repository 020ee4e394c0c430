import { archiveStatistics, type ArchiveStatistics, type Class, type Match } from '../../recordings/index.ts'

/** Counts of the last matching, as `archives.counts` keeps them: nothing in it stands for a number or a phone. */
export interface MatchCounts {
  readonly files: number
  readonly classes: Readonly<Record<Class, number>>
  /** recordings by code of a reason; a recording may have several */
  readonly codes: Readonly<Record<string, number>>
  /** all of them, without the months of single phones */
  readonly statistics: Omit<ArchiveStatistics, 'months'> & {
    /** of all phones together */
    readonly months: ArchiveStatistics['months']
  }
}

/** Counts what a matching came to. `marks`: the key of the archive's marks. */
export function countsOf(matches: readonly Match[], marks: Uint8Array): MatchCounts {
  const whole = archiveStatistics(matches, marks)
  // Month by month over all phones: a person on the other side of two phones is one.
  const together = matches.map((match): Match => ({ ...match, item: withoutDevice(match.item) }))
  const { months } = archiveStatistics(together, marks)
  const { files, classes } = whole.total
  return { files, classes, codes: whole.reasons as Record<string, number>, statistics: { ...whole, months } }
}

function withoutDevice({ id, sha256, bytes, audio }: Match['item']): Match['item'] {
  return { id, sha256, bytes, audio }
}
