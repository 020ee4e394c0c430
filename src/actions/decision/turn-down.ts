import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { digestOfWritten } from '../request/document-of.ts'
import { inTurn } from '../turn.ts'
import { wholeRequest } from '../whole-request.ts'
import { mustHaveReasons, type Reasons, reasonsDigest } from './reasons.ts'

export interface TurnedDown extends Reasons {
  readonly requestId: string
}

/** Refuses a request, with a reason for each of the two tests (law rows B4, H3). Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW, NOT_VALID. */
export async function refuseRequest(ops: Ops, actor: Actor, input: TurnedDown): Promise<void> {
  await turnDown(ops, actor, input, 'refused')
}

/** Returns a request for more: its requester may add to it and send it again. Reasons and errors as for `refuseRequest`. */
export async function returnRequest(ops: Ops, actor: Actor, input: TurnedDown): Promise<void> {
  await turnDown(ops, actor, input, 'returned')
}

async function turnDown(ops: Ops, actor: Actor, input: TurnedDown, outcome: 'refused' | 'returned'): Promise<void> {
  const act = outcome === 'refused' ? 'decision.refuse' : 'decision.return'
  const about = await mustAllow(ops, actor, act, { of: 'request', id: input.requestId })
  const reasons = mustHaveReasons(input)
  await inTurn(ops, input.requestId, ['submitted'], async (request) => {
    const { written } = await wholeRequest(ops.store, request.id)
    await ops.journal.record({
      kind: `authorisation.${outcome}`,
      actor: actor.id,
      case: about,
      details: {
        request: request.id,
        version: request.version,
        document: digestOfWritten(written),
        reasons: reasonsDigest(reasons),
      },
    })
    await ops.store.db.transaction().execute(async (db) => {
      await db
        .insertInto('decisions')
        .values({ request_id: request.id, outcome, ...reasons, decided_by: actor.id, decided_at: ops.now() })
        .execute()
      await db.updateTable('requests').set({ status: outcome }).where('id', '=', request.id).execute()
    })
  })
}
