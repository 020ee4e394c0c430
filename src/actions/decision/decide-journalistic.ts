import { hash } from 'node:crypto'
import { canonical } from '../../records/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { digestOfWritten } from '../request/document-of.ts'
import type { Written } from '../request/draft.ts'
import { LONGEST_TEXT } from '../request/save-part.ts'
import { inTurn } from '../turn.ts'
import { wholeRequest } from '../whole-request.ts'

/** Whether a request says that confidential journalistic material may be taken: PCSC Act 2022 s.43(1)(a). */
export function isJournalistic({ document }: Pick<Written, 'document'>): boolean {
  const { confidential_information: confidential } = document
  return confidential?.risk === true && confidential.kinds?.includes('journalistic') === true
}

/** The decision on journalistic material alone. */
export interface JournalisticDecision {
  readonly requestId: string
  readonly outcome: 'allowed' | 'refused'
  readonly reasons: string
  /** what is done so that no source becomes known */
  readonly sources: string
}

/** What is wrong with it, by field. */
export function journalisticFaults({ reasons, sources }: Pick<JournalisticDecision, 'reasons' | 'sources'>): {
  field: 'reasons' | 'sources'
  reason: string
  says: string
}[] {
  const missing = { reasons: 'Enter your reasons', sources: 'Enter what is done so that no source becomes known' }
  return (['reasons', 'sources'] as const).flatMap((field) => {
    const text = { reasons, sources }[field]
    if (text.trim() === '') return [{ field, reason: `NO_${field.toUpperCase()}`, says: missing[field] }]
    return text.length > LONGEST_TEXT
      ? [{ field, reason: 'TOO_LONG', says: `Use ${LONGEST_TEXT} characters or fewer` }]
      : []
  })
}

/**
 * Decides, by a senior officer and before anybody can grant the request, whether confidential journalistic material may be taken (law row G2). It is
 * of the request exactly as it was sent. Throws ActionError NOT_ALLOWED (rank), NOT_FOUND, NOT_NOW (`REQUEST_…`, `NOT_JOURNALISTIC`), NOT_VALID.
 */
export async function decideJournalistic(ops: Ops, actor: Actor, input: JournalisticDecision): Promise<void> {
  const about = await mustAllow(ops, actor, 'decision.journalistic', { of: 'request', id: input.requestId })
  const [fault] = journalisticFaults(input)
  if (fault) throw new ActionError('NOT_VALID', fault.reason, fault.says)
  await inTurn(ops, input.requestId, ['submitted'], async (request) => {
    const { written } = await wholeRequest(ops.store, request.id)
    if (!isJournalistic(written))
      throw new ActionError('NOT_NOW', 'NOT_JOURNALISTIC', 'the request names no journalistic material')
    const document = digestOfWritten(written)
    const { outcome } = input
    const row = { reasons: input.reasons.trim(), sources: input.sources.trim() }
    await ops.journal.record({
      kind: 'authorisation.journalistic_decided',
      actor: actor.id,
      case: about,
      details: {
        request: request.id,
        version: request.version,
        document,
        outcome,
        reasons: hash('sha256', canonical(row), 'hex'),
      },
    })
    await ops.store.db
      .insertInto('journalistic_decisions')
      .values({ request_id: request.id, document, outcome, ...row, decided_by: actor.id, decided_at: ops.now() })
      .execute()
  })
}

/** The decision on a request as it stands now; undefined where there is none. */
export async function journalisticDecision({ store: { db } }: Ops, requestId: string, written: Written) {
  return db
    .selectFrom('journalistic_decisions')
    .innerJoin('people', 'people.id', 'journalistic_decisions.decided_by')
    .select(['outcome', 'reasons', 'sources', 'decided_at', 'people.name', 'people.rank'])
    .where('request_id', '=', requestId)
    .where('document', '=', digestOfWritten(written))
    .orderBy('decided_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Throws ActionError NOT_NOW `SENIOR_DECISION_NEEDED` where journalistic material may be taken and no senior officer has allowed it. */
export async function mustBeAllowedIfJournalistic(ops: Ops, requestId: string, written: Written): Promise<void> {
  if (!isJournalistic(written)) return
  const decided = await journalisticDecision(ops, requestId, written)
  if (decided?.outcome !== 'allowed')
    throw new ActionError(
      'NOT_NOW',
      'SENIOR_DECISION_NEEDED',
      'confidential journalistic material may be taken, and no senior officer has allowed that',
      'a superintendent or above decides on it first; or grant less, without it',
    )
}
