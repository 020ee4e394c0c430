import { sql } from 'kysely'
import { couldEver } from '../../../access/index.ts'
import type { Actor, Ops } from '../../ops.ts'
import { CLOSED_STATES } from '../closed-archive.ts'

/** What waits for a decision in one archive. */
export interface WaitingRecordings {
  readonly archive: string
  readonly title: string
  readonly waiting: number
  readonly overdue: number
  readonly since: Date
  readonly deadline: Date
}

/** Archives in which recordings of class C or D wait, for those who decide on them (law row E14); for anybody else there are none. */
export async function waitingRecordings({ store, now }: Ops, actor: Actor): Promise<WaitingRecordings[]> {
  if (!couldEver(actor, 'recording.decide')) return []
  const rows = await store.db
    .selectFrom('archive_items')
    .innerJoin('archives', 'archives.id', 'archive_items.archive_id')
    .select(['archives.id', 'archives.title', ({ fn }) => fn.countAll<number>().as('waiting')])
    .select([
      sql<number>`count(*) FILTER (WHERE deadline < ${now()})`.as('overdue'),
      sql<Date>`min(deadline)`.as('deadline'),
      // Whatever is due first has waited longest: one wide row is read, and not every one that waits.
      sql<Date>`(SELECT first.waits_since FROM archive_items first WHERE first.archive_id = archives.id AND first.state = 'held'
        AND first.deadline IS NOT NULL ORDER BY first.deadline, first.id LIMIT 1)`.as('since'),
    ])
    .where('archive_items.state', '=', 'held')
    .where('deadline', 'is not', null)
    .where('archives.state', 'not in', CLOSED_STATES)
    .groupBy(['archives.id', 'archives.title'])
    .execute()
  return rows.map(({ id, title, waiting, overdue, since, deadline }) => ({
    archive: id,
    title,
    waiting: Number(waiting),
    overdue: Number(overdue),
    since,
    deadline,
  }))
}
