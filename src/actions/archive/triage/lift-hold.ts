import { hash } from 'node:crypto'
import { canonical } from '../../../records/index.ts'
import { ActionError, mustBeValid, notFound } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { isId } from '../../subject.ts'
import { lockArchive } from '../lock-archive.ts'
import { archiveOf } from '../read-archive.ts'
import { reasonsFaults } from './set-hold.ts'

/** What is wrong with why a hold is lifted. */
export function liftFaults(reasons: string): { field: 'reasons'; says: string }[] {
  return reasonsFaults(reasons, 'Enter why it no longer needs to be held').map((says) => ({ field: 'reasons', says }))
}

/**
 * Lifts a hold on recordings (law rows D9, E14). They stay of the class they have until they are matched again: lifting proposes nothing. Throws ActionError
 * NOT_ALLOWED, NOT_FOUND, NOT_VALID; NOT_NOW `LIFTED`.
 */
export async function liftArchiveHold(
  ops: Ops,
  actor: Actor,
  { archive, hold, reasons }: { readonly archive: string; readonly hold: string; readonly reasons: string },
): Promise<void> {
  await askFirst(ops, actor, 'archive.lift_hold')
  const { id } = await archiveOf(ops, archive)
  if (!isId(hold)) throw notFound()
  mustBeValid(liftFaults(reasons))
  const because = reasons.trim()
  await ops.store.db.transaction().execute(async (db) => {
    await lockArchive(db, id)
    const row = await db
      .selectFrom('archive_holds')
      .select('lifted_at')
      .where('id', '=', hold)
      .where('archive_id', '=', id)
      .executeTakeFirst()
    if (row === undefined) throw notFound()
    if (row.lifted_at !== null)
      throw new ActionError('NOT_NOW', 'LIFTED', 'this hold was lifted already', 'look at the holds again')
    await ops.journal.record({
      kind: 'archive.hold_lifted',
      actor: actor.id,
      details: { archive: id, hold, reasons: hash('sha256', canonical({ reasons: because }), 'hex') },
    })
    await db
      .updateTable('archive_holds')
      .set({ lifted_by: actor.id, lifted_at: ops.now(), lifted_because: because })
      .where('id', '=', hold)
      .execute()
  })
}
