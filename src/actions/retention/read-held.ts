import { couldEver, whoMay } from '../../access/index.ts'
import { notFound } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { countHeld, type Due, heldNow, type Held } from './held.ts'

/**
 * What a person may know to be held: everything, for those who answer for what is held; else what belongs to their cases. Soonest review first. Gives at
 * most `most`, and how many there are.
 */
export async function readHeld(
  ops: Ops,
  actor: Actor,
  { due, most }: { readonly due?: Due; readonly most: number },
): Promise<{ held: Held[]; total: number }> {
  if (!couldEver(actor, 'retention.see')) return { held: [], total: 0 }
  const { anyone } = whoMay('retention.see')
  const all = actor.roles.some((role) => anyone.includes(role))
  const filter = { ...(due !== undefined && { due }), ...(!all && { memberOf: actor.id }) }
  const held = await heldNow(ops.store, ops.now(), { ...filter, most })
  // A list that is not full is all there is.
  return { held, total: held.length < most ? held.length : await countHeld(ops.store, ops.now(), filter) }
}

/** One of them. Throws ActionError NOT_ALLOWED or NOT_FOUND; what was destroyed is not there. */
export async function readOneHeld(ops: Ops, actor: Actor, extraction: string): Promise<Held> {
  await mustAllow(ops, actor, 'retention.see', { of: 'extraction', id: extraction })
  const [held] = await heldNow(ops.store, ops.now(), { extraction })
  if (held === undefined) throw notFound()
  return held
}
