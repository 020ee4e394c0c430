import type { Agreeing } from '../../notice/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { inTurn } from '../turn.ts'
import { wholeRequest } from '../whole-request.ts'
import { given } from './record-agreement.ts'

/** A no. Why is not asked; what they said of themselves may be kept in their own words. */
export interface RecordedRefusal {
  readonly requestId: string
  readonly name?: string
  readonly ownWords?: string
}

/**
 * Records that agreement was refused: a normal outcome that ends no enquiry and counts against nobody (PCSC Act 2022 s.39(3)(d), (e); law row B24). Nothing
 * else changes. Throws ActionError NOT_NOW.
 */
export async function recordRefusal(ops: Ops, actor: Actor, input: RecordedRefusal): Promise<void> {
  const about = await mustAllow(ops, actor, 'agreement.record', { of: 'request', id: input.requestId })
  await inTurn(ops, input.requestId, ['notice_served'], async (request) => {
    const { notice } = await wholeRequest(ops.store, request.id)
    if (notice === undefined)
      throw new ActionError('NOT_NOW', 'NO_NOTICE', 'no notice was served yet', 'serve the notice first')
    const by = notice.served_on as Agreeing
    await ops.journal.record({
      kind: 'agreement.refused',
      actor: actor.id,
      case: about,
      details: { request: request.id, version: request.version, notice: notice.digest, by },
    })
    await ops.store.db.transaction().execute(async (db) => {
      await db
        .insertInto('agreements')
        .values({
          request_id: request.id,
          outcome: 'refused',
          given_by: by,
          given_by_name: given(input.name) ?? '',
          confirmed: 'oral',
          happened_at: ops.now(),
          taken_by: actor.id,
          own_words: given(input.ownWords),
        })
        .execute()
      await db.updateTable('requests').set({ status: 'refused_by_user' }).where('id', '=', request.id).execute()
    })
  })
}
