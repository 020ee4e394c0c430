import { hash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../../store/index.ts'
import { ActionError, mustBeValid } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { type BatchRow, batchRow } from './frozen-batch.ts'

/** What somebody decides of: the batch, by the root that they saw. */
export interface SeenBatch {
  readonly batchId: string
  /** lower-case hex */
  readonly root: string
}

/**
 * Approves the destruction of a batch: by the root that was seen, never by whoever proposed it (law rows E14, H11, H14). With the last approval that it needs
 * a worker matches everything again, and destroys it where nothing speaks against it. Throws ActionError NOT_ALLOWED, NOT_FOUND; NOT_NOW `DECIDED`,
 * `ANOTHER_ROOT`, `MATCHED_AGAIN`, `CHANGED` where something of it is tied or held by now.
 */
export async function approveBatch(ops: Ops, actor: Actor, seen: SeenBatch): Promise<void> {
  const { id, proposed_by } = await mayDecide(ops, actor, seen.batchId)
  const isApproved = await ops.store.db.transaction().execute(async (db) => {
    const row = await openRow(db, id, seen.root)
    const archive = await db
      .selectFrom('archives')
      .select(['state', 'matching'])
      .where('id', '=', row.archive_id)
      .executeTakeFirstOrThrow()
    if (archive.state !== 'matched' || archive.matching !== row.matching) throw matchedAgain()
    if ((await changedIn(db, row)) > 0) throw changed()
    const before = await db.selectFrom('batch_decisions').select(['person_id']).where('batch_id', '=', id).execute()
    if (before.some(({ person_id }) => person_id === actor.id)) throw isDecided()
    const approvals = before.length + 1
    await ops.journal.record({
      kind: 'batch.approved',
      actor: actor.id,
      details: { archive: row.archive_id, batch: id, root: row.root, proposed_by, approvals, needed: row.approvals },
    })
    await decide(ops, db, row, actor, 'approve')
    if (approvals < row.approvals) return false
    await db.updateTable('batches').set({ state: 'approved' }).where('id', '=', id).execute()
    return true
  })
  if (isApproved) await ops.enqueue('destroy-batch', { batch: id })
}

/** What is wrong with a refusal. */
export function refusalFaults({ reasons }: { readonly reasons: string }): { field: 'reasons'; says: string }[] {
  if (reasons.trim() === '') return [{ field: 'reasons', says: 'Enter why you refuse' }]
  return reasons.length > 2000 ? [{ field: 'reasons', says: 'Use 2,000 characters or fewer' }] : []
}

/** Refuses it, with the reasons: one refusal is enough. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID, NOT_NOW `DECIDED`, `ANOTHER_ROOT`. */
export async function refuseBatch(ops: Ops, actor: Actor, seen: SeenBatch & { reasons: string }): Promise<void> {
  const { id, proposed_by } = await mayDecide(ops, actor, seen.batchId)
  mustBeValid(refusalFaults(seen))
  const reasons = seen.reasons.trim()
  await ops.store.db.transaction().execute(async (db) => {
    const row = await openRow(db, id, seen.root)
    await ops.journal.record({
      kind: 'batch.refused',
      actor: actor.id,
      details: {
        archive: row.archive_id,
        batch: id,
        root: row.root,
        proposed_by,
        reasons: hash('sha256', reasons, 'hex'),
      },
    })
    // Whoever approved it before the last approval may think again.
    await db.deleteFrom('batch_decisions').where('batch_id', '=', id).where('person_id', '=', actor.id).execute()
    await decide(ops, db, row, actor, 'refuse', reasons)
    await db.updateTable('batches').set({ state: 'refused' }).where('id', '=', id).execute()
  })
}

/** How many recordings of a batch are not as they were when it was frozen: tied, held, kept or gone by now. */
export async function changedIn(db: Kysely<Tables>, { id, archive_id, items }: BatchRow): Promise<number> {
  const { same } = await db
    .selectFrom('batch_items')
    .innerJoin('archive_items', (join) =>
      join.onRef('archive_items.id', '=', 'batch_items.item_id').on('archive_items.archive_id', '=', archive_id),
    )
    .select(sql<number>`count(*)::int`.as('same'))
    .where('batch_id', '=', id)
    .where('archive_items.state', '=', 'held')
    .where('archive_items.sealed', 'is not', null)
    .whereRef('archive_items.class', '=', 'batch_items.class')
    .where(sql<boolean>`archive_items.follows IS NOT DISTINCT FROM batch_items.follows`)
    .where(
      sql<boolean>`NOT EXISTS (SELECT 1 FROM recording_keeps k WHERE k.archive_id = ${archive_id}
        AND k.approved IS DISTINCT FROM false AND archive_items.id = ANY (k.item_ids))`,
    )
    .executeTakeFirstOrThrow()
  return items - same
}

async function mayDecide(ops: Ops, actor: Actor, batchId: string): Promise<BatchRow> {
  const act = 'batch.approve'
  // Whoever may decide on none is told the same of one that is not there.
  await askFirst(ops, actor, act, { proposedBy: 'somebody-else' })
  const row = await batchRow(ops, batchId)
  await askFirst(ops, actor, act, { proposedBy: row.proposed_by })
  return row
}

async function openRow(db: Kysely<Tables>, id: string, root: string): Promise<BatchRow> {
  const row = await db.selectFrom('batches').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
  if (row.state !== 'proposed') throw isDecided()
  if (row.root !== root)
    throw new ActionError('NOT_NOW', 'ANOTHER_ROOT', 'this is not the batch that you saw', 'look at it again')
  return row
}

async function decide(
  ops: Ops,
  db: Kysely<Tables>,
  { id, proposed_by, root }: BatchRow,
  actor: Actor,
  says: 'approve' | 'refuse',
  reason = '',
): Promise<void> {
  await db
    .insertInto('batch_decisions')
    .values({ batch_id: id, proposed_by, person_id: actor.id, says, root, reason, at: ops.now() })
    .execute()
}

function isDecided(): ActionError {
  return new ActionError('NOT_NOW', 'DECIDED', 'this was decided already', 'look at it again')
}

function matchedAgain(): ActionError {
  return new ActionError(
    'NOT_NOW',
    'MATCHED_AGAIN',
    'the archive was matched again since this was proposed',
    'refuse it, and have it proposed anew',
  )
}

function changed(): ActionError {
  return new ActionError(
    'NOT_NOW',
    'CHANGED',
    'something of it is tied, held or kept by now',
    'refuse it, and have what is left proposed anew',
  )
}
