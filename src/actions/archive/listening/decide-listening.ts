import { hash } from 'node:crypto'
import { ActionError, mustBeValid } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { LISTENING_MINUTES, listeningOf, LONGEST_LISTENING_REASON } from './listening.ts'
import { heldRecording, mustBeHearable } from './may-be-heard.ts'

/** What is decided of a wish to listen. */
export interface ListeningDecision {
  readonly outcome: string
  /** why not, where it is refused */
  readonly refusedBecause: string
}

/** What is wrong with a decision, by field. */
export function listeningDecisionFaults(input: ListeningDecision): { field: keyof ListeningDecision; says: string }[] {
  const { outcome, refusedBecause } = input
  if (outcome !== 'allowed' && outcome !== 'refused')
    return [{ field: 'outcome', says: 'Select whether it may be listened to' }]
  if (outcome === 'allowed') return []
  if (refusedBecause.trim() === '') return [{ field: 'refusedBecause', says: 'Enter why not' }]
  return refusedBecause.length > LONGEST_LISTENING_REASON
    ? [{ field: 'refusedBecause', says: 'Use 2,000 characters or fewer' }]
    : []
}

/**
 * Allows that one person listens to one recording for half an hour from now, or refuses it (law rows E14, E15). Never whoever asked. Throws ActionError
 * NOT_ALLOWED, NOT_FOUND, NOT_VALID; NOT_NOW `LISTENING_DECIDED`, and what `mustBeHearable` throws.
 */
export async function decideListening(
  ops: Ops,
  actor: Actor,
  input: ListeningDecision & { readonly archiveId: string; readonly id: string },
): Promise<void> {
  const { archiveId, id, outcome } = input
  const found = await listeningOf(ops, archiveId, id).catch(() => undefined)
  const proposedBy = found?.askedBy.id ?? ''
  await askFirst(ops, actor, 'recording.allow_listen', { proposedBy: proposedBy || 'nobody' })
  const { itemId, state } = found ?? (await listeningOf(ops, archiveId, id))
  mustBeValid(listeningDecisionFaults(input))
  if (state !== 'asked')
    throw new ActionError('NOT_NOW', 'LISTENING_DECIDED', 'it is decided already', 'open it again to see how')
  const allowed = outcome === 'allowed'
  // Since it was asked, matching may have found that the call is protected.
  if (allowed) await mustBeHearable(ops, await heldRecording(ops, archiveId, itemId))
  const at = ops.now()
  const until = new Date(at.getTime() + LISTENING_MINUTES * 60_000)
  const refusedBecause = input.refusedBecause.trim()
  await ops.journal.record({
    kind: 'recording.listening_decided',
    actor: actor.id,
    details: {
      archive: archiveId,
      recording: itemId,
      listening: id,
      asked_by: proposedBy,
      ...(allowed
        ? { outcome: 'allowed' as const, until: until.toISOString() }
        : { outcome: 'refused' as const, reasons: hash('sha256', refusedBecause, 'hex') }),
    },
  })
  const { numUpdatedRows } = await ops.store.db
    .updateTable('listenings')
    .set({
      decided_by: actor.id,
      decided_at: at,
      allowed,
      ...(allowed ? { ends_at: until } : { refused_because: refusedBecause }),
    })
    .where('id', '=', id)
    .where('decided_at', 'is', null)
    .where('ended_by', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n)
    throw new ActionError('NOT_NOW', 'LISTENING_DECIDED', 'it is decided already', 'open it again to see how')
}
