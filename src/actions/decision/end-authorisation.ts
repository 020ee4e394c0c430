import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { type Actor, type Ops, SERVICE_ACTOR } from '../ops.ts'
import { inTurn } from '../turn.ts'
import { endGrant } from './end-grant.ts'

/** Why somebody ends a grant of their own accord. */
export const END_REASONS = ['no-longer-necessary', 'mistake', 'other'] as const
export type EndReason = (typeof END_REASONS)[number]

/**
 * Ends an authorisation before its time; what is running under it stops. Whoever may grant may end, the requester's side may not. Throws ActionError
 * NOT_ALLOWED, NOT_FOUND, NOT_NOW.
 */
export async function endAuthorisation(
  ops: Ops,
  actor: Actor,
  { requestId, because }: { readonly requestId: string; readonly because: EndReason },
): Promise<void> {
  const about = await mustAllow(ops, actor, 'decision.end', { of: 'request', id: requestId })
  await inTurn(ops, requestId, ['granted'], async () => {
    const grant = await liveGrant(ops, requestId)
    if (grant === undefined) throw new ActionError('NOT_NOW', 'ENDED_BEFORE', 'this authorisation has ended')
    await endGrant(ops, { actor: actor.id, case: about, grant, because })
    await ops.store.db.updateTable('requests').set({ status: 'withdrawn' }).where('id', '=', requestId).execute()
  })
}

/**
 * Ends every grant whose time is over: logs it and stops what runs under it. Gives how many. For a timer, in any number of processes; one that is
 * interrupted is taken up by the next. A grant that this has not reached grants nothing either: its own time says so.
 */
export async function expireAuthorisations(ops: Ops, now: Date): Promise<number> {
  const due = await ops.store.db
    .selectFrom('decisions')
    .innerJoin('requests', 'requests.id', 'decisions.request_id')
    .innerJoin('cases', 'cases.id', 'requests.case_id')
    .select(['requests.id', 'cases.id as caseId', 'cases.pseudonym'])
    .where('decisions.outcome', '=', 'granted')
    .where('requests.status', '=', 'granted')
    .where('ended_at', 'is', null)
    .where('valid_until', '<=', now)
    .orderBy('valid_until')
    .execute()
  let ended = 0
  for (const { id, caseId, pseudonym } of due)
    await inTurn(ops, id, ['granted'], async () => {
      const grant = await liveGrant(ops, id)
      if (grant !== undefined)
        await endGrant(ops, { actor: SERVICE_ACTOR, case: { caseId, pseudonym }, grant, because: 'expired' })
      await ops.store.db.updateTable('requests').set({ status: 'expired' }).where('id', '=', id).execute()
      ended++
    }).catch((error) => {
      // Somebody else ended it a moment before.
      if (!(error instanceof ActionError && error.code === 'NOT_NOW')) throw error
    })
  return ended
}

async function liveGrant({ store: { db } }: Ops, requestId: string) {
  return db
    .selectFrom('decisions')
    .selectAll()
    .where('request_id', '=', requestId)
    .where('outcome', '=', 'granted')
    .where('ended_at', 'is', null)
    .executeTakeFirst()
}
