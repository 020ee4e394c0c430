import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { inTurn } from '../turn.ts'

/** Where a request may stand for it to be taken back: nobody has decided on it for good. */
export const MAY_BE_TAKEN_BACK = [
  'draft',
  'notice_served',
  'agreed',
  'refused_by_user',
  'submitted',
  'returned',
] as const

/** Takes a request back before it is decided. What was written stays, and the log says that it was asked. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW. */
export async function withdrawRequest(ops: Ops, actor: Actor, { id }: { id: string }): Promise<void> {
  const about = await mustAllow(ops, actor, 'request.withdraw', { of: 'request', id })
  await inTurn(ops, id, MAY_BE_TAKEN_BACK, async ({ version }) => {
    await ops.journal.record({
      kind: 'request.withdrawn',
      actor: actor.id,
      case: about,
      details: { request: id, version },
    })
    await ops.store.db.updateTable('requests').set({ status: 'withdrawn' }).where('id', '=', id).execute()
  })
}
