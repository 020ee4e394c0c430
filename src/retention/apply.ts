import { type Day, dayOf } from './day.ts'
import { boundsOf, floorOf } from './floors.ts'
import { type Hold, type Holding, isInForce } from './holding.ts'
import { because, REASONS, type Reason } from './reason.ts'
import { lastReview, nextReview } from './review.ts'
import type { Schedule } from './schedule.ts'

/** What becomes of a holding on a day. */
export interface Decision {
  /**
   * `keep`: nothing to do before `reviewOn`. `review`: somebody must look at it now. `restrict`: it would be erased but for
   * evidence or a hold, so it is locked away instead. `destroy_due`: it must go, by the hands of two people.
   */
  readonly verdict: 'keep' | 'review' | 'restrict' | 'destroy_due'
  /** never empty */
  readonly reasons: readonly Reason[]
  readonly reviewOn: Day
  /** first day on which it may be destroyed, holds aside; absent while that waits for something without a day, as a trial */
  readonly earliestDestruction?: Day
  /** the version that was applied (law row D1) */
  readonly schedule: { readonly name: string; readonly version: number }
}

/**
 * Decides what becomes of a holding. Pure: the same three give the same decision. Destruction is due only where a review
 * decided on it, the thing is not relevant (or was, and the review came after everything it had to be kept for), its floor has
 * passed and no hold is on it; where it is evidence it is restricted instead. Data Protection Act 2018 ss.39 and 47; CPIA Code
 * of Practice para 5; law rows C8, C16, D1 to D11. Throws RetentionError NOT_IN_SCHEDULE.
 */
export function applySchedule(holding: Holding, schedule: Schedule, now: Date): Decision {
  return applyOn(holding, schedule, dayOf(now))
}

/** The same for a whole day. */
export function applyOn(holding: Holding, schedule: Schedule, today: Day): Decision {
  const bounds = boundsOf(holding, schedule)
  const floor = floorOf(holding, bounds)
  const review = nextReview(holding, schedule, today, floor)
  const holds = holding.holds.filter((hold) => isInForce(hold, today))
  const binding = bounds.filter(({ free }) => free === undefined || free > today).map(({ reason }) => reason)
  const decide = (verdict: Decision['verdict'], reasons: readonly Reason[]): Decision => ({
    verdict,
    reasons: [...new Map(reasons.map((reason) => [reason.code, reason])).values()],
    reviewOn: review.on,
    ...(floor === undefined ? {} : { earliestDestruction: floor }),
    schedule: { name: schedule.name, version: schedule.version },
  })

  const about = [...relevanceOf(holding), ...reviewOf(holding, today), ...childOf(holding, schedule)]
  const held = holds.map(holdReason)
  if (holding.owner.trim() === '') return decide('review', [REASONS.no_owner, ...about, ...held, ...binding])

  const mayGo = isDisposedOf(holding, today, floor) && floor !== undefined && floor <= today
  if (mayGo && holds.length === 0 && !holding.evidence)
    return decide('destroy_due', [...about, REASONS.floor_passed, REASONS.no_hold])
  const locked = mayGo
    ? [...(holding.evidence ? [REASONS.evidence] : []), ...(holds.length > 0 ? [REASONS.hold_only] : [])]
    : []
  if (review.on <= today)
    return decide('review', [REASONS.review_due, ...review.reasons, ...about, ...locked, ...held, ...binding])
  if (locked.length > 0) return decide('restrict', [...locked, ...about, ...held])
  return decide('keep', [...about, ...held, ...binding])
}

/** Whether a review has decided that it goes. For relevant material only one that came when nothing bound it any more counts. */
function isDisposedOf(holding: Holding, today: Day, floor: Day | undefined): boolean {
  const on = lastReview(holding, today)
  if (on === undefined || holding.reviewed?.outcome !== 'dispose' || holding.relevance === 'undecided') return false
  return holding.relevance === 'not_relevant' || (floor !== undefined && on >= floor)
}

function relevanceOf({ relevance, objectClass }: Holding): Reason[] {
  return objectClass === 'audit_record' && relevance === 'relevant' ? [] : [REASONS[relevance]]
}

function reviewOf(holding: Holding, today: Day): Reason[] {
  if (lastReview(holding, today) === undefined) return [REASONS.not_yet_reviewed]
  return [holding.reviewed?.outcome === 'dispose' ? REASONS.review_disposed : REASONS.review_retained]
}

function childOf({ child }: Holding, { children }: Schedule): Reason[] {
  return child ? [because(children)] : []
}

function holdReason({ kind }: Hold): Reason {
  return {
    code: `hold_${kind}`,
    says: `A hold is on it (${kind.replaceAll('_', ' ')}): it may not be destroyed until that is lifted.`,
    source: 'National Police Chiefs’ Council: digital and physical evidence retention guidance',
    mark: 'V',
  }
}
