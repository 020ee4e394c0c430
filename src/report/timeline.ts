import type { Chart } from './document.ts'
import { writtenDay } from '../records/index.ts'
import { count, number } from './words.ts'

const DAY_MS = 86_400_000
/** More bars than this cannot be told apart. */
const BARS_AT_MOST = 92

interface Unit {
  readonly name: string
  /** where the stretch that holds a day begins, in milliseconds since 1970 */
  start(ms: number): number
  next(start: number): number
  label(start: number): string
}

const iso = (ms: number) => new Date(ms).toISOString()
const year = (ms: number) => new Date(ms).getUTCFullYear()
const month = (ms: number) => new Date(ms).getUTCMonth()

const UNITS: readonly Unit[] = [
  { name: 'day', start: (ms) => ms, next: (ms) => ms + DAY_MS, label: (ms) => writtenDay(iso(ms)) },
  {
    name: 'week',
    // Weeks begin on Mondays; 1 January 1970 was a Thursday.
    start: (ms) => ms - ((ms / DAY_MS + 3) % 7) * DAY_MS,
    next: (ms) => ms + 7 * DAY_MS,
    label: (ms) => `week of ${writtenDay(iso(ms))}`,
  },
  {
    name: 'month',
    start: (ms) => Date.UTC(year(ms), month(ms), 1),
    next: (ms) => Date.UTC(year(ms), month(ms) + 1, 1),
    label: (ms) => writtenDay(iso(ms)).replace(/^\d+ /, ''),
  },
  {
    name: 'year',
    start: (ms) => Date.UTC(year(ms), 0, 1),
    next: (ms) => Date.UTC(year(ms) + 1, 0, 1),
    label: (ms) => String(year(ms)),
  },
]

/**
 * Draws records by day (`2026-03-14`, in order), or by week, month or year where days would be too many to see. Undefined where
 * there are none.
 */
export function timeline(days: ReadonlyMap<string, number>): Chart | undefined {
  const entries = [...days].map(([date, value]) => ({ ms: Date.parse(`${date}T00:00:00Z`), value }))
  const [first, last] = [entries[0], entries.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const unit = UNITS.find((candidate) => stretches(candidate, first.ms, last.ms) <= BARS_AT_MOST) ?? (UNITS[3] as Unit)
  const sums = new Map<number, number>()
  for (const { ms, value } of entries) sums.set(unit.start(ms), (sums.get(unit.start(ms)) ?? 0) + value)
  // A wrong clock can put a record thousands of years away: then only stretches that hold any are drawn.
  const starts =
    stretches(unit, first.ms, last.ms) <= BARS_AT_MOST ? everyStart(unit, first.ms, last.ms) : [...sums.keys()]
  const bars = starts.slice(0, BARS_AT_MOST).map((ms) => ({ label: unit.label(ms), value: sums.get(ms) ?? 0 }))
  const total = entries.reduce((sum, { value }) => sum + value, 0)
  const drawn = bars.reduce((sum, { value }) => sum + value, 0)
  const most = bars.reduce((best, bar) => (bar.value > best.value ? bar : best))
  return {
    type: 'chart',
    caption: `Records per ${unit.name}, in UTC`,
    summary: `${count(total, 'record')} from ${writtenDay(iso(first.ms))}${first.ms === last.ms ? '' : ` to ${writtenDay(iso(last.ms))}`}; the most, ${number(most.value)}, ${unit.name === 'day' ? 'on' : 'in'} ${unit.name === 'week' ? 'the ' : ''}${most.label}.${drawn < total ? ` ${count(total - drawn, 'record')} after the ${BARS_AT_MOST}th year with any are not drawn.` : ''}`,
    bars,
  }
}

/** How many stretches lie between two days, counted no further than matters. */
function stretches(unit: Unit, from: number, to: number): number {
  let n = 0
  for (let at = unit.start(from); at <= to && n <= BARS_AT_MOST; at = unit.next(at)) n++
  return n
}

function everyStart(unit: Unit, from: number, to: number): number[] {
  const starts: number[] = []
  for (let at = unit.start(from); at <= to; at = unit.next(at)) starts.push(at)
  return starts
}
