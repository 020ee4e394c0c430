import type { Selectable } from 'kysely'
import type { DestructionsTable } from '../../store/index.ts'
import { shownDigest } from '../../review/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { grantLeaf, heldNow } from '../retention/held.ts'
import { destroyExtract } from './destroy-extract.ts'
import { mustBeDue } from './propose-destruction.ts'
import { mustBeErasable } from './sealing.ts'
import { unlessFindWaits } from './unless-find-waits.ts'

/**
 * Approves a destruction: the second of two people, never the first. What is due is asked anew, and then the extract is destroyed at once; a part of one
 * goes when a worker has sealed the rest anew. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW (`NOT_DUE`, `HELD`, `EVIDENCE`, `FIND_WAITS`, `DECIDED`).
 */
export async function approveDestruction(ops: Ops, actor: Actor, id: string): Promise<void> {
  const about = await mustAllow(ops, actor, 'destruction.approve', { of: 'destruction', id })
  const row = await openDestruction(ops, id)
  const [held] = await heldNow(ops.store, ops.now(), { extraction: row.extraction_id })
  if (held === undefined) throw notFound()
  const { records } = row
  if (records === null) {
    mustBeDue(held)
    await unlessFindWaits(ops.store.db, row.extraction_id)
  } else await ops.store.db.transaction().execute((db) => mustBeErasable(db, row.extraction_id))
  const leaf = await grantLeaf(ops.store, row.extraction_id)
  await ops.journal.record({
    kind: 'destruction.authorised',
    actor: actor.id,
    case: about,
    details: {
      destruction: id,
      holding: row.extraction_id,
      proposed_by: row.proposed_by,
      ...(records !== null && { records: records.length, shown: shownDigest(records) }),
    },
    ...(leaf !== undefined && { authorisation: leaf }),
  })
  // A hold that was set while this was logged wins: both are decided on the same row.
  const approved = await ops.store.db.transaction().execute(async (db) => {
    await db
      .selectFrom('holdings')
      .select('extraction_id')
      .where('extraction_id', '=', row.extraction_id)
      .forUpdate()
      .execute()
    const held = await db
      .selectFrom('holds')
      .select('id')
      .where('extraction_id', '=', row.extraction_id)
      .where('lifted_at', 'is', null)
      .executeTakeFirst()
    if (held !== undefined) return 0n
    await unlessFindWaits(db, row.extraction_id)
    const { numUpdatedRows } = await db
      .updateTable('destructions')
      .set({ approved_by: actor.id, approved_at: ops.now() })
      .where('id', '=', id)
      .where('approved_by', 'is', null)
      .where('refused_by', 'is', null)
      .executeTakeFirstOrThrow()
    return numUpdatedRows
  })
  if (approved === 0n) throw decided()
  if (records === null) await destroyExtract(ops, id)
  else await ops.enqueue('reseal', { destruction: id })
}

/** Refuses a destruction, with the reason. Throws ActionError NOT_ALLOWED, NOT_VALID, NOT_NOW (`DECIDED`). */
export async function refuseDestruction(ops: Ops, actor: Actor, id: string, reason: string): Promise<void> {
  const about = await mustAllow(ops, actor, 'destruction.approve', { of: 'destruction', id })
  const row = await openDestruction(ops, id)
  if (reason.trim() === '') throw new ActionError('NOT_VALID', 'REASONS', 'a refusal needs its reason', 'say why')
  const leaf = await grantLeaf(ops.store, row.extraction_id)
  await ops.journal.record({
    kind: 'destruction.refused',
    actor: actor.id,
    case: about,
    details: { destruction: id, holding: row.extraction_id, proposed_by: row.proposed_by, reason: reason.trim() },
    ...(leaf !== undefined && { authorisation: leaf }),
  })
  const { numUpdatedRows } = await ops.store.db
    .updateTable('destructions')
    .set({ refused_by: actor.id })
    .where('id', '=', id)
    .where('approved_by', 'is', null)
    .where('refused_by', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) throw decided()
}

async function openDestruction({ store: { db } }: Ops, id: string): Promise<Selectable<DestructionsTable>> {
  const row = await db.selectFrom('destructions').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound()
  if (row.approved_by !== null || row.refused_by !== null) throw decided()
  return row
}

function decided(): ActionError {
  return new ActionError(
    'NOT_NOW',
    'DECIDED',
    'this was decided already, or a hold was set meanwhile',
    'look at it again',
  )
}
