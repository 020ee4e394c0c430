import type { Kysely } from 'kysely'
import { archiveStatistics, type ArchiveStatistics, type Class, type Match } from '../../recordings/index.ts'
import type { Tables } from '../../store/index.ts'

/** Counts of the last matching, as `archives.counts` keeps them: nothing in it stands for a number or a phone. */
export interface MatchCounts {
  readonly files: number
  readonly classes: Readonly<Record<Class, number>>
  /** recordings by code of a reason; a recording may have several */
  readonly codes: Readonly<Record<string, number>>
  /** all of them, by month over all phones: no row is one phone's */
  readonly statistics: ArchiveStatistics
  /** as it was before anything went; absent where nothing has: what was destroyed was there all the same (law row E17) */
  readonly found?: ArchiveStatistics
}

/** Counts what a matching came to. `marks`: the key of the archive's marks. */
export function countsOf(matches: readonly Match[], marks: Uint8Array): MatchCounts {
  // Month by month over all phones: a person on the other side of two phones is one.
  const statistics = archiveStatistics(matches, marks, 'month')
  const { files, classes } = statistics.total
  return { files, classes, codes: statistics.reasons as Record<string, number>, statistics }
}

/**
 * The counts as the row of the archive keeps them: where something of it went before, with those of the last matching that was of all of it. Asked in the
 * transaction that writes them.
 */
export async function withFound(db: Kysely<Tables>, archiveId: string, counts: MatchCounts): Promise<MatchCounts> {
  const row = await db.selectFrom('archives').select('counts').where('id', '=', archiveId).executeTakeFirstOrThrow()
  const gone = await db
    .selectFrom('archive_items')
    .select('id')
    .where('archive_id', '=', archiveId)
    .where('state', 'in', ['kept', 'destroyed'])
    .limit(1)
    .executeTakeFirst()
  const before = (row.counts ?? undefined) as MatchCounts | undefined
  if (gone === undefined || before === undefined) return counts
  return { ...counts, found: before.found ?? before.statistics }
}
