import { applyOn, type Decision } from './apply.ts'
import { type Day, earliest } from './day.ts'
import { boundsOf, floorOf } from './floors.ts'
import type { Holding } from './holding.ts'
import type { Schedule } from './schedule.ts'

/** One thing to do, and from which day. */
export interface Due {
  readonly on: Day
  readonly holding: string
  readonly owner: string
  readonly verdict: Exclude<Decision['verdict'], 'keep'>
  readonly reasons: Decision['reasons']
}

/**
 * What falls due from one day up to, but not including, another, if nothing changes meanwhile: by day, then by holding. What is
 * due already stands on the first day. Throws RetentionError NOT_IN_SCHEDULE.
 */
export function calendar(holdings: readonly Holding[], schedule: Schedule, from: Day, to: Day): Due[] {
  return holdings
    .flatMap((holding) => dueOf(holding, schedule, from, to))
    .sort((a, b) => order(a.on, b.on) || order(a.holding, b.holding))
}

function dueOf(holding: Holding, schedule: Schedule, from: Day, to: Day): Due[] {
  const due: Due[] = []
  const days = new Set([from, ...knownDays(holding, schedule)])
  let before: Decision['verdict'] = 'keep'
  for (let on: Day | undefined = from; on !== undefined && on < to; on = next(days, on)) {
    const { verdict, reasons, reviewOn } = applyOn(holding, schedule, on)
    if (verdict !== before && verdict !== 'keep')
      due.push({ on, holding: holding.id, owner: holding.owner, verdict, reasons })
    before = verdict
    // What is to be reviewed when depends on the day: a hold that ends takes its own review with it.
    days.add(reviewOn)
  }
  return due
}

/** The days on which something about a holding changes by itself. */
function knownDays(holding: Holding, schedule: Schedule): Day[] {
  const floor = floorOf(holding, boundsOf(holding, schedule))
  return [
    ...(floor === undefined ? [] : [floor]),
    ...(holding.reviewed ? [holding.reviewed.on] : []),
    ...holding.holds.flatMap(({ placed, lifted }) => [placed, ...(lifted ? [lifted] : [])]),
  ]
}

function next(days: ReadonlySet<Day>, on: Day): Day | undefined {
  return earliest([...days].filter((day) => day > on))
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
