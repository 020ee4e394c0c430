import { type Agreeing, paperDigest } from '../../notice/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Adjustment } from '../device/words.ts'
import { openOne } from '../case/open-one.ts'
import type { Actor, Ops } from '../ops.ts'
import { inTurn } from '../turn.ts'
import { wholeRequest } from '../whole-request.ts'
import { whoMayBeAsked } from '../agreement/who-may-agree.ts'
import { asksForAgreement, type NoticeChoices, prepareNotice } from './prepare-notice.ts'

/** In what form a notice is handed over. */
export const NOTICE_FORMATS = ['print', 'large-print', 'screen', 'read-aloud'] as const
/** How it reaches its reader. */
export const NOTICE_CHANNELS = ['in-person', 'post', 'email', 'through-somebody'] as const
export interface ServedNotice extends NoticeChoices {
  readonly requestId: string
  readonly format: (typeof NOTICE_FORMATS)[number]
  readonly channel: (typeof NOTICE_CHANNELS)[number]
  /** what helped them to understand it: PCSC Act 2022 s.39, DPA 2018 s.52(1) (law row B28) */
  readonly adjustments: readonly Adjustment[]
}

/**
 * Serves the notice that must come before agreement (PCSC Act 2022 s.39(3)). It is made from the request's scope at that moment and kept as it was
 * handed over. Throws ActionError NOT_VALID where a part would be empty (law row B16), or where who is asked may not answer (B11, B14); NOT_NOW.
 */
export async function serveNotice(ops: Ops, actor: Actor, input: ServedNotice): Promise<{ noticeId: string }> {
  const about = await mustAllow(ops, actor, 'notice.serve', { of: 'request', id: input.requestId })
  await openOne(ops, about.caseId)
  return inTurn(ops, input.requestId, ['draft', 'returned', 'notice_served'], async (request) => {
    const whole = await wholeRequest(ops.store, request.id)
    if (!asksForAgreement(whole) && whole.written.document.power !== undefined)
      throw new ActionError(
        'NOT_NOW',
        'NO_AGREEMENT_NEEDED',
        'this power rests on something else than agreement',
        'no notice under section 39 is served; go on with the request',
      )
    if (!whoMayBeAsked(whole).some(({ by }) => by === input.to)) throw mayNotAnswer(input.to)
    const paper = prepareNotice(ops, whole, input)
    const digest = paperDigest(paper)
    await ops.journal.record({
      kind: 'notice.served',
      actor: actor.id,
      case: about,
      subject: [{ name: 'notice', digest }],
      details: {
        request: request.id,
        version: request.version,
        notice: digest,
        form: 'dpn-a',
        to: input.to,
        language: input.language,
        adjustments: [...new Set(input.adjustments)],
      },
    })
    return ops.store.db.transaction().execute(async (db) => {
      const { id } = await db
        .insertInto('notices')
        .values({
          request_id: request.id,
          served_at: ops.now(),
          served_by: actor.id,
          served_on: input.to,
          language: input.language,
          format: input.format,
          channel: input.channel,
          scope_digest: paper.scope_digest ?? '',
          digest,
          adjustments: [...new Set(input.adjustments)],
          document: JSON.stringify(paper),
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await db.updateTable('requests').set({ status: 'notice_served' }).where('id', '=', request.id).execute()
      return { noticeId: id }
    })
  })
}

function mayNotAnswer(to: Agreeing): ActionError {
  return new ActionError(
    'NOT_VALID',
    'MAY_NOT_AGREE',
    to === 'user' ? 'the user cannot agree for themselves' : 'this person is not one of those who may agree here',
    'choose one of those whom PCSC Act 2022 s.38 names',
  )
}
