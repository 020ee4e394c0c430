import { couldEver, whoMay } from '../../access/index.ts'
import { notFound } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { heldNow, type Held } from './held.ts'

/** What a person may know to be held: everything, for those who answer for what is held; else what belongs to their cases. Soonest review first. */
export async function readHeld(ops: Ops, actor: Actor): Promise<Held[]> {
  if (!couldEver(actor, 'retention.see')) return []
  const { anyone } = whoMay('retention.see')
  const all = actor.roles.some((role) => anyone.includes(role))
  return heldNow(ops.store, ops.now(), all ? {} : { memberOf: actor.id })
}

/** One of them. Throws ActionError NOT_ALLOWED or NOT_FOUND; what was destroyed is not there. */
export async function readOneHeld(ops: Ops, actor: Actor, extraction: string): Promise<Held> {
  await mustAllow(ops, actor, 'retention.see', { of: 'extraction', id: extraction })
  const [held] = await heldNow(ops.store, ops.now(), { extraction })
  if (held === undefined) throw notFound()
  return held
}
