import { type Day, freeAfter, latest, type Period } from './day.ts'
import { RetentionError } from './errors.ts'
import type { Holding } from './holding.ts'
import { because, type Reason } from './reason.ts'
import { ownRulesFor, groupClock, classClock } from './rules.ts'
import type { Schedule, Stage } from './schedule.ts'

/** One thing for which a holding must be kept: until a day, or until something happens that has no day yet. */
export interface Bound {
  readonly reason: Reason
  /** first day on which it no longer binds; absent while it waits */
  readonly free?: Day
}

/**
 * Everything that a holding must be kept for (law rows D5, D6, D10, D11). What binds relevant material does not bind what was
 * found not to be relevant; what is undecided counts as relevant.
 */
export function boundsOf(holding: Holding, schedule: Schedule): Bound[] {
  const always = [...classBounds(holding, schedule), ...ownBounds(holding, schedule)]
  if (holding.relevance === 'not_relevant' || holding.objectClass === 'audit_record') return always
  return [...always, ...caseBounds(holding, schedule), ...groupBounds(holding, schedule)]
}

/** The first day on which nothing binds any more; undefined while something waits. Never before the day after it was made. */
export function floorOf(holding: Holding, bounds: readonly Bound[]): Day | undefined {
  if (bounds.some(({ free }) => free === undefined)) return undefined
  return latest([holding.created, ...bounds.flatMap(({ free }) => (free === undefined ? [] : [free]))])
}

/** CPIA Code of Practice para 5 (law row D10). */
function caseBounds({ caseOutcome, courtResult }: Holding, schedule: Schedule): Bound[] {
  if (caseOutcome?.kind === 'undetected') return [stage(schedule, 'undetected', caseOutcome.on)]
  const bounds = [stage(schedule, 'no_decision', caseOutcome?.on)]
  if (caseOutcome?.kind !== 'charged') return bounds
  bounds.push(stage(schedule, 'charged', courtResult?.on))
  if (courtResult?.kind === 'convicted') {
    bounds.push(stage(schedule, 'convicted', courtResult.on))
    if (courtResult.detained) bounds.push(stage(schedule, 'detained', courtResult.detained.released))
  }
  if (courtResult?.appeal) bounds.push(stage(schedule, 'appeal', courtResult.appeal.decided))
  return bounds
}

/** A stage binds for its period from a day; without a day it waits for one. */
function stage({ floors }: Schedule, when: Stage, from?: Day): Bound {
  const floor = floors.find((one) => one.when === when)
  if (!floor)
    throw new RetentionError(
      'NOT_IN_SCHEDULE',
      'the schedule has no rule for a stage of the case',
      `add the stage ${when}`,
    )
  return bound(floor, from, floor.keep)
}

/** Only where the class of object says that a group counts, and only a suspect's (law row D6). */
function groupBounds(holding: Holding, schedule: Schedule): Bound[] {
  const clock = groupClock(holding, schedule)
  if (clock === undefined) return []
  const { rule, clear_period, until_age } = clock
  if (until_age !== undefined && holding.subjectBorn !== undefined)
    return [bound(rule, holding.subjectBorn, { years: until_age })]
  const from = latest([
    holding.created,
    holding.lastRelevantContact ?? holding.created,
    holding.courtResult?.on ?? holding.created,
  ])
  return [bound(rule, from, clear_period)]
}

function classBounds(holding: Holding, schedule: Schedule): Bound[] {
  const clock = classClock(holding, schedule)
  return clock.minimum ? [bound(clock, holding.created, clock.minimum)] : []
}

function ownBounds(holding: Holding, schedule: Schedule): Bound[] {
  return ownRulesFor(holding, schedule).flatMap((rule) =>
    rule.keep_at_least ? [bound(rule, holding.created, rule.keep_at_least)] : [],
  )
}

function bound(rule: Parameters<typeof because>[0], from: Day | undefined, period: Period = {}): Bound {
  return from === undefined ? { reason: because(rule) } : { reason: because(rule), free: freeAfter(from, period) }
}
