import { dayOf, HOLD_KINDS, type HoldKind } from '../../retention/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { grantLeaf, heldNow } from './held.ts'
import { writeHold } from './write-hold.ts'

/** Sets a hold: from now on nothing of it may be destroyed, whatever else is so (law row D9). Throws ActionError NOT_ALLOWED, NOT_VALID, NOT_FOUND. */
export async function setHold(
  ops: Ops,
  actor: Actor,
  hold: { readonly extraction: string; readonly kind: string; readonly says: string; readonly reviewOn: string },
): Promise<string> {
  const { extraction, kind, says, reviewOn } = hold
  const about = await mustAllow(ops, actor, 'hold.set', { of: 'extraction', id: extraction })
  const [held] = await heldNow(ops.store, ops.now(), { extraction })
  if (held === undefined) throw notFound()
  if (!HOLD_KINDS.includes(kind as HoldKind))
    throw new ActionError('NOT_VALID', 'KIND', 'there is no such kind of hold', 'choose one of the list')
  if (says.trim() === '') throw new ActionError('NOT_VALID', 'REASONS', 'a hold needs its reason', 'say why')
  if (!/^\d{4}-\d{2}-\d{2}$/.test(reviewOn) || reviewOn <= dayOf(ops.now()))
    throw new ActionError('NOT_VALID', 'REVIEW', 'a hold is looked at again', 'give a day in the future')
  const leaf = await grantLeaf(ops.store, extraction)
  return writeHold(ops, {
    extraction,
    kind,
    says: says.trim(),
    reviewOn,
    setBy: actor.id,
    under: { case: about, ...(leaf !== undefined && { authorisation: leaf }) },
  })
}

/** Lifts a hold. Throws ActionError NOT_ALLOWED, NOT_VALID, NOT_NOW (`LIFTED`). */
export async function liftHold(
  ops: Ops,
  actor: Actor,
  { extraction, hold, reason }: { readonly extraction: string; readonly hold: string; readonly reason: string },
): Promise<void> {
  const about = await mustAllow(ops, actor, 'hold.lift', { of: 'extraction', id: extraction })
  if (reason.trim() === '') throw new ActionError('NOT_VALID', 'REASONS', 'lifting a hold needs its reason', 'say why')
  const open = await ops.store.db
    .selectFrom('holds')
    .select('id')
    .where('id', '=', hold)
    .where('extraction_id', '=', extraction)
    .where('lifted_at', 'is', null)
    .executeTakeFirst()
  if (open === undefined) throw new ActionError('NOT_NOW', 'LIFTED', 'there is no such hold any more', 'look again')
  const leaf = await grantLeaf(ops.store, extraction)
  await ops.journal.record({
    kind: 'hold.lifted',
    actor: actor.id,
    case: about,
    details: { hold, holding: extraction, reason: reason.trim() },
    ...(leaf !== undefined && { authorisation: leaf }),
  })
  await ops.store.db
    .updateTable('holds')
    .set({ lifted_by: actor.id, lifted_at: ops.now(), lifted_because: reason.trim() })
    .where('id', '=', hold)
    .where('lifted_at', 'is', null)
    .execute()
}
