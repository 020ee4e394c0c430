import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../../store/index.ts'
import type { Ops } from '../../ops.ts'
import type { ArchiveKeys } from '../details.ts'
import { lockArchive } from '../lock-archive.ts'
import { digestOfInputs } from '../registers-of.ts'
import { changedIn } from './decide-batch.ts'
import type { BatchRow } from './frozen-batch.ts'

/** What was found when everything was matched for the last time. */
export interface LastMatched {
  /** what it went by: see `digestOfInputs` */
  readonly inputs: string
  readonly at: Date
  /** what the certificate tells beside: by code */
  readonly exceptions: Readonly<Record<string, number>>
}

/**
 * The last step back from which is a way. In one transaction, while nobody else changes anything of the archive: whatever was set, given, stated or decided
 * since the last matching wins, and it is matched again; else the recordings of the batch lose their keys, and all others stand under the next ones. Gives
 * whether that was done: not where something came between, or a row was written since it was sealed anew.
 */
export function settleBatch(
  ops: Ops,
  batch: BatchRow,
  last: LastMatched,
  { keys, next }: { readonly keys: ArchiveKeys; readonly next: ArchiveKeys },
): Promise<boolean> {
  return ops.store.db.transaction().execute(async (db) => {
    const { archive_id: archive, id } = batch
    // Whoever sets a hold refers to this row, and so comes before or after.
    const { state, generation } = await lockArchive(db, archive)
    if (state !== 'matched' || generation !== keys.generation) return false
    await lockDoomed(db, id, archive)
    if ((await digestOfInputs(db, archive)) !== last.inputs) return false
    if ((await changedIn(db, batch)) > 0) return false
    if (!(await isAllSealed(db, id, archive))) return false
    const survivors = await moveSurvivors(db, id, archive, next.generation)
    await endDoomed(db, id, archive)
    await sealHoldsAnew(db, archive, keys, next)
    await db.updateTable('archives').set({ generation: next.generation }).where('id', '=', archive).execute()
    await db
      .updateTable('batches')
      .set({
        state: 'destroying',
        matched_at: last.at,
        began_at: ops.now(),
        found: JSON.stringify({
          exceptions: last.exceptions,
          survivors,
          generation_before: keys.generation,
          generation_after: next.generation,
        }),
        failure: null,
      })
      .where('id', '=', id)
      .execute()
    await db.deleteFrom('batch_survivors').where('batch_id', '=', id).execute()
    return true
  })
}

async function lockDoomed(db: Kysely<Tables>, id: string, archive: string): Promise<void> {
  await sql`
    SELECT 1 FROM archive_items i WHERE i.archive_id = ${archive}
      AND i.id IN (SELECT item_id FROM batch_items WHERE batch_id = ${id}) FOR UPDATE`.execute(db)
}

/** Whether everything that stays is sealed anew from what stands in its row now. */
async function isAllSealed(db: Kysely<Tables>, id: string, archive: string): Promise<boolean> {
  const { rows } = await sql<{ missing: boolean }>`
    SELECT EXISTS (
      SELECT 1 FROM archive_items i LEFT JOIN batch_survivors s ON s.batch_id = ${id} AND s.item_id = i.id
      WHERE i.archive_id = ${archive} AND i.sealed IS NOT NULL AND s.source IS DISTINCT FROM sha256(i.sealed)
        AND NOT EXISTS (SELECT 1 FROM batch_items b WHERE b.batch_id = ${id} AND b.item_id = i.id)
    ) AS missing`.execute(db)
  return rows[0]?.missing === false
}

async function moveSurvivors(db: Kysely<Tables>, id: string, archive: string, generation: number): Promise<number> {
  const { numAffectedRows } = await sql`
    UPDATE archive_items i SET sealed = s.sealed, generation = ${generation} FROM batch_survivors s
    WHERE s.batch_id = ${id} AND i.archive_id = ${archive} AND i.id = s.item_id AND i.sealed IS NOT NULL`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** What goes keeps its mark, its digest and its size: they stand in the leaves. */
async function endDoomed(db: Kysely<Tables>, id: string, archive: string): Promise<void> {
  await sql`
    UPDATE archive_items i SET state = 'destroyed', sealed = NULL, generation = NULL, waits_since = NULL, deadline = NULL
    FROM batch_items b WHERE b.batch_id = ${id} AND i.archive_id = ${archive} AND i.id = b.item_id`.execute(db)
}

/** What holds are on is sealed as rows are. Of one that was lifted it is no longer needed, and goes. */
async function sealHoldsAnew(db: Kysely<Tables>, archive: string, keys: ArchiveKeys, next: ArchiveKeys): Promise<void> {
  const holds = await db
    .selectFrom('archive_holds')
    .select(['id', 'target', 'lifted_at'])
    .where('archive_id', '=', archive)
    .where('target', 'is not', null)
    .execute()
  for (const { id, target, lifted_at } of holds) {
    const about = `hold ${id}`
    const sealed = target === null || lifted_at !== null ? null : next.sealText(about, keys.openText(about, target))
    await db
      .updateTable('archive_holds')
      .set({ target: sealed, generation: sealed === null ? null : next.generation })
      .where('id', '=', id)
      .execute()
  }
}
