import type { Audience, Paper } from '../../notice/index.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { wholeRequest, type WholeRequest } from '../whole-request.ts'
import { missingForNotice, type NoticeChoices, prepareNotice } from './prepare-notice.ts'

/** A request for whoever serves its notice: what there is of it, and what was served. */
export interface NoticeView {
  readonly whole: WholeRequest
  /** what the request must still say before a notice can be made; empty where it can be served */
  readonly missing: readonly string[]
  /** the paper as it was served last */
  readonly served?: Paper
}

/** Reads what there is to serve. Throws ActionError. */
export async function readNotice(ops: Ops, actor: Actor, requestId: string): Promise<NoticeView> {
  await mustAllow(ops, actor, 'request.see', { of: 'request', id: requestId })
  const whole = await wholeRequest(ops.store, requestId)
  return { whole, missing: missingForNotice(whole), served: whole.notice?.document as Paper | undefined }
}

/** The notice as it would be served now. Throws ActionError NOT_VALID where a part would be empty (law row B16). */
export async function previewNotice(
  ops: Ops,
  actor: Actor,
  requestId: string,
  choices: NoticeChoices,
  audience?: Audience,
): Promise<Paper> {
  const { whole } = await readNotice(ops, actor, requestId)
  return prepareNotice(ops, whole, choices, audience)
}
