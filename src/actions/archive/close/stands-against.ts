import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../../store/index.ts'

/** Why an archive cannot be closed, each with how many there are. */
export interface StandsAgainst {
  readonly code: 'held' | 'holds' | 'batches' | 'keeps' | 'at_work'
  readonly number: number
}

/**
 * What stands against closing an archive (law rows E14, D9): recordings that are neither kept for a case nor destroyed, holds, batches and keeps on which nobody
 * has decided or which are not done, and work that goes on. Empty where nothing does. For whoever may see the archive: ask the policy first.
 */
export async function standsAgainst(db: Kysely<Tables>, archiveId: string): Promise<StandsAgainst[]> {
  const { rows } = await sql<Record<StandsAgainst['code'], number>>`
    SELECT
      (SELECT count(*)::int FROM archive_items WHERE archive_id = ${archiveId} AND state = 'held') AS held,
      (SELECT count(*)::int FROM archive_holds WHERE archive_id = ${archiveId} AND lifted_at IS NULL) AS holds,
      (SELECT count(*)::int FROM batches WHERE archive_id = ${archiveId}
        AND state IN ('proposed', 'approved', 'destroying')) AS batches,
      (SELECT count(*)::int FROM recording_keeps WHERE archive_id = ${archiveId}
        AND approved IS DISTINCT FROM false AND done_at IS NULL) AS keeps,
      (SELECT count(*)::int FROM archives WHERE id = ${archiveId} AND state NOT IN ('taken_in', 'matched')) AS at_work
  `.execute(db)
  const [counts] = rows
  return counts === undefined ? [] : CODES.map((code) => ({ code, number: counts[code] })).filter(isSome)
}

const CODES = ['held', 'holds', 'batches', 'keeps', 'at_work'] as const

function isSome({ number }: StandsAgainst): boolean {
  return number > 0
}
