import { scheduleDigest, STARTING_SCHEDULE } from '../../retention/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { isDuplicate } from '../case/duplicate.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { grantLeaf, heldNow, type Held } from '../retention/held.ts'

/**
 * Proposes that an extract be destroyed: the first of two people. Only what the schedule says is due may be proposed. Gives the id of the
 * destruction. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW (`NOT_DUE`, `PROPOSED`).
 */
export async function proposeDestruction(
  ops: Ops,
  actor: Actor,
  { extraction, reason }: { readonly extraction: string; readonly reason: string },
): Promise<string> {
  const about = await mustAllow(ops, actor, 'destruction.propose', { of: 'extraction', id: extraction })
  const [held] = await heldNow(ops.store, ops.now(), { extraction })
  if (held === undefined) throw notFound()
  mustBeDue(held)
  if (reason.trim() === '') throw new ActionError('NOT_VALID', 'REASONS', 'a proposal needs its reason', 'say why')
  if (await isProposed(ops, extraction)) throw proposed()
  const id = newId(ops.random)
  const leaf = await grantLeaf(ops.store, extraction)
  await ops.journal.record({
    kind: 'destruction.proposed',
    actor: actor.id,
    case: about,
    details: { destruction: id, holding: extraction, extract: extraction, how: 'whole', ...ruleOf(held) },
    ...(leaf !== undefined && { authorisation: leaf }),
  })
  try {
    await ops.store.db
      .insertInto('destructions')
      .values({
        id,
        extraction_id: extraction,
        proposed_by: actor.id,
        proposed_at: ops.now(),
        reason: reason.trim(),
      })
      .execute()
  } catch (error) {
    if (isDuplicate(error, 'destructions_open')) throw proposed()
    throw error
  }
  return id
}

/** Throws ActionError NOT_NOW unless the schedule says, today, that it must go: a hold that came meanwhile stops everything. */
export function mustBeDue({ decision }: Held): void {
  if (decision.verdict === 'destroy_due') return
  throw new ActionError(
    'NOT_NOW',
    'NOT_DUE',
    'the schedule does not say that this is to be destroyed',
    decision.reasons.map(({ says }) => says).join(' '),
  )
}

/** The rule by which it is due, as the log names it. */
export function ruleOf({ decision }: Held): { rule: string; schedule: string } {
  return {
    rule: (decision.reasons[0]?.code ?? 'none').replaceAll('_', '-'),
    schedule: scheduleDigest(STARTING_SCHEDULE),
  }
}

/** Whether a destruction of an extract, or of a part of it, is under way. */
export async function isProposed({ store: { db } }: Ops, extraction: string): Promise<boolean> {
  const open = await db
    .selectFrom('destructions')
    .select('id')
    .where('extraction_id', '=', extraction)
    .where('done_at', 'is', null)
    .where('refused_by', 'is', null)
    .executeTakeFirst()
  return open !== undefined
}

/** Somebody was first. */
export function proposed(): ActionError {
  return new ActionError('NOT_NOW', 'PROPOSED', 'its destruction is proposed already', 'a second person decides on it')
}
