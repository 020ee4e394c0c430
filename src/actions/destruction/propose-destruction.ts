import { scheduleDigest, STARTING_SCHEDULE } from '../../retention/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { isDuplicate } from '../case/duplicate.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { isProposedAlready, openDestruction } from './progress.ts'
import { grantLeaf, heldNow, type Held } from '../retention/held.ts'
import { unlessFindWaits } from './unless-find-waits.ts'

/**
 * Proposes that an extract be destroyed: the first of two people. Only what the schedule says is due may be proposed. Gives the id of the
 * destruction. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW (`NOT_DUE`, `FIND_WAITS`, `PROPOSED`).
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
  await unlessFindWaits(ops.store.db, extraction)
  return propose(ops, actor, about, { extraction, reason, ...ruleOf(held) })
}

/**
 * Writes down a proposal, of all of an extract or of some of its records, and keeps it. Whoever calls has asked the policy and what stands in the way. Gives
 * the id of the destruction. Throws ActionError NOT_VALID `REASONS`, NOT_NOW `PROPOSED`.
 */
export async function propose(
  ops: Ops,
  actor: Actor,
  about: { readonly caseId: string; readonly pseudonym: string },
  proposal: {
    readonly extraction: string
    readonly reason: string
    readonly rule: string
    readonly schedule: string
    readonly records?: readonly string[]
  },
): Promise<string> {
  const { extraction, rule, schedule, records } = proposal
  const reason = proposal.reason.trim()
  if (reason === '') throw new ActionError('NOT_VALID', 'REASONS', 'a proposal needs its reason', 'say why')
  if ((await openDestruction(ops, extraction)) !== undefined) throw isProposedAlready()
  const id = newId(ops.random)
  const leaf = await grantLeaf(ops.store, extraction)
  const how = records === undefined ? 'whole' : 'part'
  await ops.journal.record({
    kind: 'destruction.proposed',
    actor: actor.id,
    case: about,
    details: { destruction: id, holding: extraction, extract: extraction, how, rule, schedule },
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
        reason,
        ...(records !== undefined && { records: [...records] }),
      })
      .execute()
  } catch (error) {
    if (isDuplicate(error, 'destructions_open')) throw isProposedAlready()
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
