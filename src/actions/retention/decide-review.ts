import { hash } from 'node:crypto'
import { dayOf, applySchedule, scheduleDigest, STARTING_SCHEDULE } from '../../retention/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { grantLeaf, heldNow, type Held } from './held.ts'

/** What somebody decided at a review, and why. */
export interface Review {
  readonly extraction: string
  readonly outcome: 'keep' | 'restrict' | 'destroy'
  readonly relevance: 'relevant' | 'not_relevant' | 'undecided'
  /** whether it must be kept for the purposes of evidence: then it is restricted, never erased (DPA 2018 s.47(2)) */
  readonly evidence: boolean
  readonly reasons: string
}

const OUTCOMES = new Set<string>(['keep', 'restrict', 'destroy'] satisfies Review['outcome'][])
const RELEVANCES = new Set<string>(['relevant', 'not_relevant', 'undecided'] satisfies Review['relevance'][])

/**
 * Records a review: whether something stays. That it is to go does not destroy it: two people do that. Every decision has its reasons (law row D7).
 * Throws ActionError NOT_ALLOWED, NOT_VALID (`REASONS`, `OUTCOME`, `RELEVANCE`), NOT_NOW (`HELD`).
 */
export async function decideReview(ops: Ops, actor: Actor, review: Review): Promise<Held> {
  const { extraction, outcome, relevance, evidence, reasons } = review
  const about = await mustAllow(ops, actor, 'retention.decide', { of: 'extraction', id: extraction })
  const [held] = await heldNow(ops.store, ops.now(), { extraction })
  if (held === undefined) throw notFound()
  if (reasons.trim().length < 10)
    throw new ActionError('NOT_VALID', 'REASONS', 'a review needs its reasons', 'say in a sentence why')
  if (!OUTCOMES.has(outcome) || !RELEVANCES.has(relevance))
    throw new ActionError('NOT_VALID', 'OUTCOME', 'this is not one of the answers', 'choose one of them')
  if (outcome !== 'keep' && relevance === 'undecided')
    throw new ActionError('NOT_VALID', 'RELEVANCE', 'nobody has decided whether it is relevant', 'decide that first')
  if (outcome === 'destroy' && evidence)
    throw new ActionError('NOT_VALID', 'EVIDENCE', 'what must be kept as evidence is restricted instead', 'choose that')
  const today = dayOf(ops.now())
  const reviewed = { on: today, outcome: outcome === 'destroy' ? ('dispose' as const) : ('retain' as const) }
  const next = applySchedule({ ...held.holding, relevance, evidence, reviewed }, STARTING_SCHEDULE, ops.now())
  const leaf = await grantLeaf(ops.store, extraction)
  await ops.journal.record({
    kind: 'retention.decided',
    actor: actor.id,
    case: about,
    details: {
      holding: extraction,
      outcome,
      rule: (next.reasons[0]?.code ?? 'none').replaceAll('_', '-'),
      schedule: scheduleDigest(STARTING_SCHEDULE),
      reasons: hash('sha256', reasons, 'hex'),
      next_review: next.reviewOn,
    },
    ...(leaf !== undefined && { authorisation: leaf }),
  })
  await ops.store.db
    .updateTable('holdings')
    .set({
      relevance,
      evidence,
      reviewed_on: today,
      review_outcome: reviewed.outcome,
      review_reasons: reasons.trim(),
      review_on: next.reviewOn,
      restricted_at: outcome === 'restrict' ? ops.now() : null,
    })
    .where('extraction_id', '=', extraction)
    .where('destroyed_at', 'is', null)
    .execute()
  return { ...held, decision: next }
}
