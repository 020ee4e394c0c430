import type { Selectable } from 'kysely'
import type { Batch, BatchDecision } from '../../../recordings/index.ts'
import type { Store, Tables } from '../../../store/index.ts'
import { notFound } from '../../action-error.ts'
import type { Ops } from '../../ops.ts'
import { isId } from '../../subject.ts'

export type BatchRow = Selectable<Tables['batches']>

/** The row of a batch. Ask the policy first. Throws ActionError NOT_FOUND. */
export async function batchRow({ store }: Pick<Ops, 'store'>, id: string): Promise<BatchRow> {
  const row = isId(id)
    ? await store.db.selectFrom('batches').selectAll().where('id', '=', id).executeTakeFirst()
    : undefined
  if (row === undefined) throw notFound()
  return row
}

/** By what the classes of what is in a batch were settled, where no release did: a matching. */
export function matchingId(archiveId: string, matching: number): string {
  return `${archiveId}.matching.${matching}`
}

/** A batch as it was frozen: from what was written down then, with digests and sizes as the archive has them. */
export async function frozenBatch(db: Store['db'], row: BatchRow): Promise<Batch> {
  const items = await db
    .selectFrom('batch_items')
    .innerJoin('archive_items', (join) =>
      join.onRef('archive_items.id', '=', 'batch_items.item_id').on('archive_items.archive_id', '=', row.archive_id),
    )
    .select(['item_id', 'mark', 'batch_items.class', 'rule', 'decision', 'batch_items.follows', 'sha256', 'bytes'])
    .where('batch_id', '=', row.id)
    .execute()
  return {
    id: row.id,
    proposer: row.proposed_by,
    proposedAt: row.proposed_at.toISOString(),
    approvals: row.approvals,
    items: items
      .map(({ item_id, follows, ...item }) => ({ id: item_id, ...item, ...(follows !== null && { follows }) }))
      .sort((a, b) => (a.mark < b.mark ? -1 : 1)),
    root: row.root,
  }
}

/** What people said of a batch, as `mayDestroy` takes it. */
export async function decisionsOn(db: Store['db'], batchId: string): Promise<BatchDecision[]> {
  const rows = await db
    .selectFrom('batch_decisions')
    .selectAll()
    .where('batch_id', '=', batchId)
    .orderBy('at')
    .execute()
  return rows.map(({ person_id, root, says, at }) => ({ by: person_id, root, says, at: at.toISOString() }))
}
