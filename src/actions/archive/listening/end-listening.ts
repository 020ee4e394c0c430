import { notFound } from '../../action-error.ts'
import { allow, noteRefusal } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { listeningOf } from './listening.ts'

/**
 * Ends a listening at once, or takes back that it was asked: whoever asked, and whoever may allow it. What is on its way stops with the next piece. Does
 * nothing where it is over. Throws ActionError NOT_ALLOWED, NOT_FOUND.
 */
export async function endListening(
  ops: Ops,
  actor: Actor,
  { archiveId, id }: { readonly archiveId: string; readonly id: string },
): Promise<void> {
  // Who ends something never has to prove again that it is they: it must not take a minute.
  const able = { stepUp: true, proposedBy: 'nobody' }
  const [asks, allows] = [
    await allow(ops, actor, 'recording.ask_listen', undefined, able),
    await allow(ops, actor, 'recording.allow_listen', undefined, able),
  ]
  if (!asks.allowed && !allows.allowed) throw await noteRefusal(ops, actor, 'recording.ask_listen', asks)
  const { itemId, state, askedBy } = await listeningOf(ops, archiveId, id)
  if (askedBy.id !== actor.id && !allows.allowed) throw notFound()
  if (state !== 'asked' && state !== 'live') return
  await ops.journal.record({
    kind: 'recording.listening_ended',
    actor: actor.id,
    details: { archive: archiveId, recording: itemId, listening: id },
  })
  await ops.store.db
    .updateTable('listenings')
    .set({ ended_by: actor.id })
    .where('id', '=', id)
    .where('ended_by', 'is', null)
    .execute()
}
