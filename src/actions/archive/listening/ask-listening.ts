import { hash } from 'node:crypto'
import { ActionError, mustBeValid } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import { newId } from '../../new-id.ts'
import type { Actor, Ops } from '../../ops.ts'
import { listenings, LONGEST_LISTENING_REASON } from './listening.ts'
import { heldRecording, mustBeHearable } from './may-be-heard.ts'

/** What is wrong with a reason, by field. */
export function listeningFaults({ reason }: { readonly reason: string }): { field: 'reason'; says: string }[] {
  if (reason.trim() === '') return [{ field: 'reason', says: 'Enter why it cannot be decided without listening' }]
  return reason.length > LONGEST_LISTENING_REASON ? [{ field: 'reason', says: 'Use 2,000 characters or fewer' }] : []
}

/**
 * Asks that one recording is listened to (law rows E14, E15: by default nobody does). Gives the id of what was asked. Throws ActionError NOT_ALLOWED,
 * NOT_FOUND, NOT_VALID; NOT_NOW `PROTECTED`, `NOT_MATCHED`, `NO_SOUND`, `ALREADY_ASKED`.
 */
export async function askListening(
  ops: Ops,
  actor: Actor,
  input: { readonly archiveId: string; readonly itemId: string; readonly reason: string },
): Promise<string> {
  await askFirst(ops, actor, 'recording.ask_listen')
  const { archiveId, itemId } = input
  await mustBeHearable(ops, await heldRecording(ops, archiveId, itemId))
  mustBeValid(listeningFaults(input))
  const before = await listenings(ops, { archiveId, itemId, askedBy: actor.id })
  if (before.some(({ state }) => state === 'asked' || state === 'live'))
    throw new ActionError('NOT_NOW', 'ALREADY_ASKED', 'you have asked for this recording already', 'go on with that')
  const id = newId(ops.random)
  const reason = input.reason.trim()
  await ops.journal.record({
    kind: 'recording.listening_asked',
    actor: actor.id,
    details: { archive: archiveId, recording: itemId, listening: id, reasons: hash('sha256', reason, 'hex') },
  })
  await ops.store.db
    .insertInto('listenings')
    .values({ id, archive_id: archiveId, item_id: itemId, reason, asked_by: actor.id, asked_at: ops.now() })
    .execute()
  return id
}
