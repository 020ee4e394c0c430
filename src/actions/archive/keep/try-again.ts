import { ActionError, notFound } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import { grantOf, mustGrant } from '../../extraction/live-grant.ts'
import { unlessTaken } from '../../extraction/start-extraction.ts'
import { newId } from '../../new-id.ts'
import { inside } from '../../inside.ts'
import type { Actor, Ops } from '../../ops.ts'
import { isId } from '../../subject.ts'

/**
 * Begins again what was approved and came to nothing, under the same grant, while that lasts. Nothing was lost: the archive holds what it held. Throws
 * ActionError NOT_ALLOWED, NOT_FOUND; NOT_NOW `NOT_FAILED`, and the reason why the grant grants nothing now.
 */
export async function tryKeepAgain(ops: Ops, actor: Actor, keepId: string): Promise<void> {
  await askFirst(ops, actor, 'recording.keep')
  const { db } = ops.store
  const keep = isId(keepId)
    ? await db.selectFrom('recording_keeps').selectAll().where('id', '=', keepId).executeTakeFirst()
    : undefined
  if (keep === undefined) throw notFound()
  if (keep.failure === null || keep.request_id === null || keep.extraction_id === null)
    throw new ActionError('NOT_NOW', 'NOT_FAILED', 'nothing has failed', 'look at where it stands')
  const grant = await grantOf(ops, keep.request_id)
  mustGrant(grant, ops.now())
  await ops.journal.record({
    kind: 'recording.keep_tried_again',
    actor: actor.id,
    details: { archive: keep.archive_id, keep: keepId },
  })
  const extraction = newId(ops.random)
  // What is sealed already needs no other extract: then only the archive's own copies are still to go.
  const sealed = await db
    .selectFrom('extractions')
    .select('state')
    .where('id', '=', keep.extraction_id)
    .executeTakeFirst()
  await db.transaction().execute(async (transaction) => {
    const taken = await transaction
      .updateTable('recording_keeps')
      .set({ failure: null, ...(sealed?.state !== 'sealed' && { extraction_id: null }) })
      .where('id', '=', keepId)
      .where('failure', 'is not', null)
      .executeTakeFirst()
    if (taken.numUpdatedRows === 0n || sealed?.state === 'sealed') return
    await unlessTaken(inside(ops, transaction), grant.request.id)
    await transaction
      .insertInto('extractions')
      .values({
        id: extraction,
        request_id: grant.request.id,
        source: JSON.stringify({ kind: 'recordings', keep: keepId }),
        queued_by: actor.id,
        queued_at: ops.now(),
      })
      .execute()
    await transaction
      .updateTable('recording_keeps')
      .set({ extraction_id: extraction })
      .where('id', '=', keepId)
      .execute()
  })
  await ops.enqueue('keep-recordings', { keep: keepId })
}
