import { hash } from 'node:crypto'
import { canonical } from '../../records/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { grantLeaf } from '../retention/held.ts'
import { isId } from '../subject.ts'
import { inTurn } from '../turn.ts'
import { LONGEST_FIND } from './report-find.ts'

/** What may follow: a new line of enquiry, with a request of its own; nothing; or it is another team's. */
export const FIND_OUTCOMES = ['new-request', 'go-on', 'pass-on'] as const
export type FindOutcome = (typeof FIND_OUTCOMES)[number]

/** What is decided of a find. */
export interface FindDecision {
  readonly outcome: string
  readonly reasons: string
  /** to whom it is passed on: a team, not a person */
  readonly passTo: string
}

/** What is wrong with a decision, by field. */
export function findDecisionFaults(input: FindDecision): { field: keyof FindDecision; says: string }[] {
  const { outcome, reasons, passTo } = input
  return [
    ...(isOutcome(outcome) ? [] : [{ field: 'outcome', says: 'Select what follows from it' } as const]),
    ...(outcome === 'pass-on' && passTo.trim() === ''
      ? [{ field: 'passTo', says: 'Enter the team that it is passed on to' } as const]
      : []),
    ...(reasons.trim() === '' ? [{ field: 'reasons', says: 'Enter your reasons' } as const] : []),
    ...(['reasons', 'passTo'] as const)
      .filter((field) => input[field].length > LONGEST_FIND)
      .map((field) => ({ field, says: 'Use 2,000 characters or fewer' })),
  ]
}

/**
 * Decides what follows from something else that came to light (law row G15). Whatever it is, the extract may be opened again for the line of enquiry that
 * was authorised, and for no other. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID, NOT_NOW `FIND_DECIDED`.
 */
export async function decideFind(
  ops: Ops,
  actor: Actor,
  input: FindDecision & { readonly extraction: string; readonly find: string },
): Promise<void> {
  const { extraction, find, outcome } = input
  const row = isId(find) ? await foundIn(ops, extraction, find) : undefined
  // Of several that wait each has its own finder.
  const more = row === undefined ? {} : { foundBy: row.found_by }
  const { caseId, pseudonym } = await mustAllow(ops, actor, 'find.decide', { of: 'extraction', id: extraction }, more)
  if (row === undefined) throw notFound()
  const [fault] = findDecisionFaults(input)
  if (fault !== undefined || !isOutcome(outcome))
    throw new ActionError('NOT_VALID', fault?.field ?? 'outcome', fault?.says ?? 'there is no such outcome')
  const decided = {
    outcome,
    decision_reasons: input.reasons.trim(),
    passed_to: outcome === 'pass-on' ? input.passTo.trim() : null,
  }
  // Every state that a request can be in under which something was taken.
  await inTurn(ops, row.request_id, ['granted', 'superseded', 'expired', 'withdrawn'], async () => {
    if ((await foundIn(ops, extraction, find))?.decided_at !== null)
      throw new ActionError('NOT_NOW', 'FIND_DECIDED', 'it is decided already', 'open it again to see what was decided')
    const leaf = await grantLeaf(ops.store, extraction)
    await ops.journal.record({
      kind: 'find.decided',
      actor: actor.id,
      case: { caseId, pseudonym },
      ...(leaf !== undefined && { authorisation: leaf }),
      details: { find, extract: extraction, outcome, reasons: hash('sha256', canonical(decided), 'hex') },
    })
    await ops.store.db
      .updateTable('finds')
      .set({ ...decided, decided_by: actor.id, decided_at: ops.now() })
      .where('id', '=', find)
      .execute()
  })
}

async function foundIn({ store: { db } }: Ops, extraction: string, find: string) {
  if (!isId(extraction)) return undefined
  return db
    .selectFrom('finds')
    .innerJoin('extractions', 'extractions.id', 'finds.extraction_id')
    .select(['finds.found_by', 'finds.decided_at', 'extractions.request_id'])
    .where('finds.id', '=', find)
    .where('finds.extraction_id', '=', extraction)
    .executeTakeFirst()
}

function isOutcome(outcome: string): outcome is FindOutcome {
  return (FIND_OUTCOMES as readonly string[]).includes(outcome)
}
