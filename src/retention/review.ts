import { after, type Day, earliest } from './day.ts'
import { type Holding, isInForce } from './holding.ts'
import { because, type Reason } from './reason.ts'
import { classClock, groupClock, ownRulesFor } from './rules.ts'
import type { Schedule } from './schedule.ts'

/**
 * When somebody must look at a holding again, and why then: the earliest of what its class or group, its being a child's, the
 * force's own rules, its holds and the end of its floor ask for (Data Protection Act 2018 s.39(2); law rows C8, D8). `floor`
 * is the first day on which nothing binds it, where there is one.
 */
export function nextReview(
  holding: Holding,
  schedule: Schedule,
  today: Day,
  floor: Day | undefined,
): { readonly on: Day; readonly reasons: readonly Reason[] } {
  const last = lastReview(holding, today)
  const base = last ?? holding.created
  const clock = classClock(holding, schedule)
  const group = groupClock(holding, schedule)
  // A suspect's group sets the pace once somebody has looked; the first look is the class's.
  const regular =
    last !== undefined && group
      ? { ...group.rule, period: group.review_every }
      : { ...clock, period: last === undefined ? clock.first_review : clock.review_every }
  const due: { on: Day; reason: Reason }[] = [{ on: after(base, regular.period), reason: because(regular) }]
  if (holding.child) due.push({ on: after(base, schedule.children.review_every), reason: because(schedule.children) })
  for (const rule of ownRulesFor(holding, schedule))
    if (rule.review_every) due.push({ on: after(base, rule.review_every), reason: because(rule) })
  for (const hold of holding.holds)
    if (isInForce(hold, today)) due.push({ on: hold.reviewOn, reason: holdReview(hold.kind) })
  if (floor !== undefined && floor > base) due.push({ on: floor, reason: FLOOR_ENDS })
  const on = earliest(due.map((one) => one.on)) ?? base
  return { on, reasons: due.filter((one) => one.on === on).map(({ reason }) => reason) }
}

/** The last review that has taken place. */
export function lastReview({ reviewed }: Holding, today: Day): Day | undefined {
  return reviewed !== undefined && reviewed.on <= today ? reviewed.on : undefined
}

const FLOOR_ENDS: Reason = {
  code: 'floor_ends',
  says: 'What it had to be kept for ends: somebody decides whether it is still needed.',
  source: 'Data Protection Act 2018 s.39',
  mark: 'V',
}

function holdReview(kind: string): Reason {
  return {
    code: 'hold_review',
    says: `Whether the hold (${kind.replaceAll('_', ' ')}) is still needed is asked again.`,
    source: 'Data Protection Act 2018 s.39(2)',
    mark: 'V',
  }
}
