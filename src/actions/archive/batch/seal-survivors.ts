import { hash } from 'node:crypto'
import { sql } from 'kysely'
import type { Ops } from '../../ops.ts'
import type { ArchiveKeys } from '../details.ts'

/** So many rows are opened and sealed at once. */
const AT_ONCE = 1000

/**
 * Seals every recording of an archive that stays under the next keys, beside its row: until the batch is settled the rows themselves stand as they were, and
 * there is a way back. What was sealed before an interruption is not sealed again, unless its row was written since. `goesOn` throws to end it.
 */
export async function sealSurvivors(
  { store: { db } }: Ops,
  { batchId, keys, next }: { readonly batchId: string; readonly keys: ArchiveKeys; readonly next: ArchiveKeys },
  goesOn: () => void,
): Promise<void> {
  const { archiveId } = keys
  for (let after = ''; ; ) {
    goesOn()
    const { rows } = await sql<{ id: string; sealed: Buffer }>`
      SELECT i.id, i.sealed FROM archive_items i
      LEFT JOIN batch_survivors s ON s.batch_id = ${batchId} AND s.item_id = i.id
      WHERE i.archive_id = ${archiveId} AND i.id > ${after} AND i.sealed IS NOT NULL
        AND (s.item_id IS NULL OR s.source <> sha256(i.sealed))
        AND NOT EXISTS (SELECT 1 FROM batch_items b WHERE b.batch_id = ${batchId} AND b.item_id = i.id)
      ORDER BY i.id LIMIT ${AT_ONCE}`.execute(db)
    const last = rows.at(-1)
    if (last === undefined) return
    await db
      .insertInto('batch_survivors')
      .values(
        rows.map(({ id, sealed }) => ({
          batch_id: batchId,
          item_id: id,
          source: hash('sha256', sealed, 'buffer'),
          sealed: next.sealDetails(id, keys.openDetails(id, sealed)),
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['batch_id', 'item_id']).doUpdateSet((row) => ({
          source: row.ref('excluded.source'),
          sealed: row.ref('excluded.sealed'),
        })),
      )
      .execute()
    after = last.id
  }
}
