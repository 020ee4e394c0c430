import type { RequestStatus } from '../../store/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { inTurn } from '../turn.ts'
import { wholeRequest } from '../whole-request.ts'
import { digestOf, given } from './record-agreement.ts'

/** What became of the duty to tell somebody nearer. */
export interface GuardianTold {
  readonly requestId: string
  readonly told: boolean
  /** who was told and how; or, where nobody was, why it was inappropriate */
  readonly reason: string
}

const SINCE_AGREEMENT: readonly RequestStatus[] = [
  'agreed',
  'submitted',
  'granted',
  'narrowed',
  'refused',
  'returned',
  'withdrawn',
  'superseded',
  'expired',
]

/**
 * Records that a parent, guardian or care authority was told that a responsible adult had agreed, or why that was inappropriate (PCSC Act 2022 s.38(5);
 * law row B13). Once. Throws ActionError NOT_NOW, NOT_VALID.
 */
export async function tellGuardian(ops: Ops, actor: Actor, input: GuardianTold): Promise<void> {
  const about = await mustAllow(ops, actor, 'agreement.record', { of: 'request', id: input.requestId })
  await inTurn(ops, input.requestId, SINCE_AGREEMENT, async (request) => {
    const { agreement } = await wholeRequest(ops.store, request.id)
    if (agreement?.outcome !== 'agreed' || agreement.given_by !== 'responsible-adult')
      throw new ActionError(
        'NOT_NOW',
        'NO_FALLBACK_ADULT',
        'no responsible adult agreed here, so nobody has to be told',
      )
    if (agreement.guardian_told !== null)
      throw new ActionError('NOT_NOW', 'GUARDIAN_TOLD_BEFORE', 'this was recorded before')
    const reason = given(input.reason)
    if (reason === null)
      throw new ActionError(
        'NOT_VALID',
        'NO_REASON',
        input.told ? 'it is not said who was told, and how' : 'it is not said why nobody was told',
      )
    await ops.journal.record({
      kind: 'agreement.guardian_told',
      actor: actor.id,
      case: about,
      details: {
        request: request.id,
        version: request.version,
        told: input.told,
        reason: digestOf({ reason, agreement: agreement.id }),
      },
    })
    await ops.store.db
      .updateTable('agreements')
      .set({ guardian_told: input.told, guardian_reason: reason, guardian_at: ops.now(), guardian_by: actor.id })
      .where('id', '=', agreement.id)
      .execute()
  })
}
