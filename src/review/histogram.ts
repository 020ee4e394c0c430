const DAY_MS = 86_400_000
/** More bars than this cannot be told apart. */
const BARS_AT_MOST = 92

/** One bar: how many records from one instant until another, in milliseconds since 1970. */
export interface Bar {
  readonly fromMs: number
  readonly toMs: number
  readonly count: number
}

/** How long every bar is. */
export interface Stretch {
  readonly name: 'day' | 'week' | 'month' | 'year'
  bars(days: readonly { readonly day: number; readonly n: number }[], firstMs: number, lastMs: number): Bar[]
}

interface Unit {
  readonly name: Stretch['name']
  start(ms: number): number
  next(start: number): number
}

const year = (ms: number) => new Date(ms).getUTCFullYear()
const month = (ms: number) => new Date(ms).getUTCMonth()
// 1970 began on a Thursday.
const WEEK_MS = 7 * DAY_MS
const MONDAY = 4 * DAY_MS

const UNITS: readonly Unit[] = [
  { name: 'day', start: (ms) => Math.floor(ms / DAY_MS) * DAY_MS, next: (ms) => ms + DAY_MS },
  {
    name: 'week',
    start: (ms) => Math.floor((ms - MONDAY) / WEEK_MS) * WEEK_MS + MONDAY,
    next: (ms) => ms + WEEK_MS,
  },
  {
    name: 'month',
    start: (ms) => Date.UTC(year(ms), month(ms), 1),
    next: (ms) => Date.UTC(year(ms), month(ms) + 1, 1),
  },
  { name: 'year', start: (ms) => Date.UTC(year(ms), 0, 1), next: (ms) => Date.UTC(year(ms) + 1, 0, 1) },
]

/** The shortest stretch in which everything between two instants can still be drawn. */
export function stretchFor(firstMs: number, lastMs: number): Stretch {
  const unit = UNITS.find((one) => fits(one, firstMs, lastMs)) ?? (UNITS[3] as Unit)
  return { name: unit.name, bars: (days, first, last) => barsOf(unit, days, first, last) }
}

function fits({ start, next }: Unit, first: number, last: number): boolean {
  let at = start(first)
  for (let n = 0; n < BARS_AT_MOST; n++) {
    at = next(at)
    if (at > last) return true
  }
  return false
}

function barsOf(
  unit: Unit,
  days: readonly { readonly day: number; readonly n: number }[],
  first: number,
  last: number,
): Bar[] {
  const sums = new Map<number, number>()
  for (const { day, n } of days) {
    const start = unit.start(day * DAY_MS)
    sums.set(start, (sums.get(start) ?? 0) + n)
  }
  // A wrong clock can put a record thousands of years away: then only stretches that hold any are drawn.
  const starts = fits(unit, first, last) ? everyStart(unit, first, last) : [...sums.keys()]
  return starts
    .slice(0, BARS_AT_MOST)
    .map((fromMs) => ({ fromMs, toMs: unit.next(fromMs), count: sums.get(fromMs) ?? 0 }))
}

function everyStart({ start, next }: Unit, first: number, last: number): number[] {
  const starts: number[] = []
  for (let at = start(first); at <= last; at = next(at)) starts.push(at)
  return starts
}
