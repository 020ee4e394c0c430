import type { Act, Where } from '../../access/index.ts'
import { allow, noteRefusal } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'

/** Asks the policy of an act that belongs to no case, and notes where it says no. Throws ActionError NOT_ALLOWED. */
export async function askFirst(ops: Ops, actor: Actor, act: Act, more?: Partial<Where>): Promise<void> {
  const decided = await allow(ops, actor, act, undefined, more)
  if (!decided.allowed) throw await noteRefusal(ops, actor, act, decided)
}
