import { dayBegins, dayOf } from './british-day.ts'

const DAY_MS = 86_400_000
/** More bars than this cannot be told apart. */
const BARS_AT_MOST = 92

/** One bar: how many records from one instant until another, in milliseconds since 1970. Each begins with a day in Britain. */
export interface Bar {
  readonly fromMs: number
  readonly toMs: number
  readonly count: number
}

/** How long every bar is. */
export interface Stretch {
  readonly name: 'day' | 'week' | 'month' | 'year'
  bars(days: readonly { readonly day: number; readonly n: number }[]): Bar[]
}

/** Days are counted as `dayOf` counts them. */
interface Unit {
  readonly name: Stretch['name']
  start(day: number): number
  next(start: number): number
}

const year = (day: number) => new Date(day * DAY_MS).getUTCFullYear()
const month = (day: number) => new Date(day * DAY_MS).getUTCMonth()
// Not `Date.UTC(year, …)`: to it the year 50 is 1950.
const first = (ofYear: number, ofMonth: number) => new Date(0).setUTCFullYear(ofYear, ofMonth, 1) / DAY_MS
// 1970 began on a Thursday.
const MONDAY = 4

const UNITS: readonly Unit[] = [
  { name: 'day', start: (day) => day, next: (day) => day + 1 },
  { name: 'week', start: (day) => Math.floor((day - MONDAY) / 7) * 7 + MONDAY, next: (day) => day + 7 },
  { name: 'month', start: (day) => first(year(day), month(day)), next: (day) => first(year(day), month(day) + 1) },
  { name: 'year', start: (day) => first(year(day), 0), next: (day) => first(year(day) + 1, 0) },
]

/** The shortest stretch in which everything between two instants can still be drawn. */
export function stretchFor(firstMs: number, lastMs: number): Stretch {
  const [from, to] = [dayOf(firstMs), dayOf(lastMs)]
  const unit = UNITS.find((one) => fits(one, from, to)) ?? (UNITS[3] as Unit)
  return { name: unit.name, bars: (days) => barsOf(unit, days, from, to) }
}

function fits({ start, next }: Unit, from: number, to: number): boolean {
  let at = start(from)
  for (let n = 0; n < BARS_AT_MOST; n++) {
    at = next(at)
    if (at > to) return true
  }
  return false
}

function barsOf(
  unit: Unit,
  days: readonly { readonly day: number; readonly n: number }[],
  from: number,
  to: number,
): Bar[] {
  const sums = new Map<number, number>()
  for (const { day, n } of days) {
    const start = unit.start(day)
    sums.set(start, (sums.get(start) ?? 0) + n)
  }
  // A wrong clock can put a record thousands of years away: then only stretches that hold any are drawn.
  const starts = fits(unit, from, to) ? everyStart(unit, from, to) : [...sums.keys()].sort((a, b) => a - b)
  return starts.slice(0, BARS_AT_MOST).map((start) => ({
    fromMs: dayBegins(start),
    toMs: dayBegins(unit.next(start)),
    count: sums.get(start) ?? 0,
  }))
}

function everyStart({ start, next }: Unit, from: number, to: number): number[] {
  const starts: number[] = []
  for (let at = start(from); at <= to; at = next(at)) starts.push(at)
  return starts
}
