import { sql } from 'kysely'
import { isUnclaimed } from '../claim.ts'
import type { Ops } from '../ops.ts'

/** For so long, in milliseconds, the queue is trusted to hand out what waits. */
const OVERLOOKED = 60_000

/**
 * The ids of extractions that no worker has: left behind by one that was ended, or never handed out. Oldest first. Whoever runs them is the only one
 * to: see `runExtraction`.
 */
export async function leftBehind({ store: { db }, now }: Ops): Promise<string[]> {
  const rows = await db
    .selectFrom('extractions')
    .select('id')
    .where(({ eb, or, and }) =>
      or([
        eb('state', '=', 'running'),
        and([eb('state', '=', 'queued'), eb('queued_at', '<', new Date(now().getTime() - OVERLOOKED))]),
      ]),
    )
    // What is kept from an archive is run with the archive to itself: see `keepsLeftBehind`.
    .where(sql<boolean>`source->>'kind' IS DISTINCT FROM 'recordings'`)
    // Who runs one holds this lock of the database; it falls with their connection.
    .where(isUnclaimed('extraction', 'extractions.id'))
    .orderBy('queued_at')
    .execute()
  return rows.map(({ id }) => id)
}
