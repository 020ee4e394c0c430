import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { inTurn } from '../turn.ts'
import { INSTEAD, type Instead } from './draft.ts'
import { LONGEST_TEXT } from './save-part.ts'

/** Where a request may stand for its question to be answered otherwise: nothing was sent or decided. */
export const MAY_DO_WITHOUT = ['draft', 'notice_served', 'agreed', 'refused_by_user', 'returned'] as const

/**
 * Records that the question is answered without the phone, and what answers it: an outcome like any other, and counted (law row A14, D15). Throws
 * ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW, NOT_VALID (`INSTEAD`, `REASON`).
 */
export async function noPhoneNeeded(
  ops: Ops,
  actor: Actor,
  { id, instead, reason }: { id: string; instead: Instead; reason: string },
): Promise<void> {
  const about = await mustAllow(ops, actor, 'request.write', { of: 'request', id })
  if (!INSTEAD.includes(instead))
    throw new ActionError('NOT_VALID', 'INSTEAD', 'say what answers the question instead', 'choose one of the list')
  if (reason.trim() === '' || reason.length > LONGEST_TEXT)
    throw new ActionError('NOT_VALID', 'REASON', 'say why no phone is needed', `in at most ${LONGEST_TEXT} characters`)
  await inTurn(ops, id, MAY_DO_WITHOUT, async (request) => {
    await ops.journal.record({
      kind: 'request.not_needed',
      actor: actor.id,
      case: about,
      details: { request: id, instead },
    })
    await ops.store.db
      .updateTable('requests')
      .set({
        status: 'no_phone_needed',
        beliefs: JSON.stringify({ ...request.beliefs, no_phone: { instead, reason: reason.trim() } }),
      })
      .where('id', '=', id)
      .execute()
  })
}
