import { hash } from 'node:crypto'
import { ActionError, notFound } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import type { Store } from '../../store/index.ts'
import { openOne } from './open-one.ts'

/** What an investigation can come to, in the words of the retention schedule. */
export const CASE_OUTCOMES = ['charged', 'not_charged', 'out_of_court', 'undetected'] as const
export type CaseOutcome = (typeof CASE_OUTCOMES)[number]

/** So many days after the device user refused, a case is not closed by its officer alone (law row B24). */
export const REFUSAL_DAYS = 28
const DAY = 86_400_000

/** Whole days since a device user last refused in this case; undefined where nobody did within `REFUSAL_DAYS`. */
export async function daysSinceRefusal({ db }: Store, caseId: string, now: Date): Promise<number | undefined> {
  const row = await db
    .selectFrom('agreements')
    .innerJoin('requests', 'requests.id', 'agreements.request_id')
    .select((eb) => eb.fn.max('agreements.happened_at').as('last'))
    .where('requests.case_id', '=', caseId)
    .where('agreements.outcome', '=', 'refused')
    .executeTakeFirst()
  const last = row?.last as Date | null | undefined
  if (last === null || last === undefined) return undefined
  const days = Math.max(0, Math.floor((now.getTime() - last.getTime()) / DAY))
  return days < REFUSAL_DAYS ? days : undefined
}

/**
 * Closes a case. Within 28 days of a refusal the officer can only ask: an authorising officer who is not in the case closes it, with a reason
 * (PCSC Act 2022 s.39(3)(d)-(e): no enquiry ends because somebody refused). Gives which of the two was done. Throws ActionError NOT_ALLOWED,
 * NOT_FOUND, NOT_VALID (`OUTCOME`, `REASON`), NOT_NOW (`CASE_CLOSED`, `SUPERVISOR_ASKED`).
 */
export async function closeCase(
  ops: Ops,
  actor: Actor,
  input: { readonly caseId: string; readonly outcome: string; readonly reason?: string },
): Promise<'closed' | 'asked'> {
  const { caseId, outcome } = input
  const about = await mustAllow(ops, actor, 'case.close', { of: 'case', id: caseId })
  const row = await openOne(ops, caseId)
  const reason = input.reason?.trim() ?? ''
  const now = ops.now()
  const days = await daysSinceRefusal(ops.store, caseId, now)
  const asked = row.closing_asked_by !== null
  const officer = await isMember(ops, caseId, actor)
  // A supervisor is asked about this case, or it is not there for them.
  if (!officer && !asked) throw notFound()
  if (!CASE_OUTCOMES.includes(outcome as CaseOutcome))
    throw new ActionError('NOT_VALID', 'OUTCOME', 'an investigation ends with an outcome', 'choose one')

  if (days !== undefined && (officer || row.closing_asked_by === actor.id)) {
    if (asked)
      throw new ActionError('NOT_NOW', 'SUPERVISOR_ASKED', 'a supervisor was asked to close this case', 'wait for them')
    await ops.journal.record({
      kind: 'case.closing_asked',
      actor: actor.id,
      case: about,
      details: { case: caseId, days_since_refusal: days },
    })
    await ops.store.db
      .updateTable('cases')
      .set({ closing_asked_by: actor.id, closing_asked_at: now, outcome, closing_reason: reason || null })
      .where('id', '=', caseId)
      .where('closed_at', 'is', null)
      .execute()
    return 'asked'
  }

  if (days !== undefined && reason === '')
    throw new ActionError('NOT_VALID', 'REASON', 'why the case ends so soon after a refusal must be said')
  await ops.journal.record({
    kind: 'case.closed',
    actor: actor.id,
    case: about,
    details: {
      case: caseId,
      outcome,
      ...(days !== undefined && { days_since_refusal: days }),
      ...(reason !== '' && { reason: hash('sha256', reason, 'hex') }),
    },
  })
  const closed = await ops.store.db
    .updateTable('cases')
    .set({ closed_at: now, outcome, outcome_on: now.toISOString().slice(0, 10), closing_reason: reason || null })
    .where('id', '=', caseId)
    .where('closed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (closed === undefined) throw new ActionError('NOT_NOW', 'CASE_CLOSED', 'this case is closed')
  return 'closed'
}

async function isMember({ store }: Ops, caseId: string, actor: Actor): Promise<boolean> {
  const row = await store.db
    .selectFrom('case_members')
    .select('person_id')
    .where('case_id', '=', caseId)
    .where('person_id', '=', actor.id)
    .executeTakeFirst()
  return row !== undefined
}
