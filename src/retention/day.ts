/** A day of the calendar, `2026-11-22`. Retention counts days; an hour never decides. */
export type Day = string

/** A length of time as a schedule writes it: exactly one of the three. */
export interface Period {
  readonly years?: number
  readonly months?: number
  readonly days?: number
}

/** The day in UTC. In summer it begins an hour after the day here does, so that nothing is ever due too early. */
export function dayOf(instant: Date): Day {
  return instant.toISOString().slice(0, 10)
}

/** Whether a text names a day that there is. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && dayOf(at) === text
}

/** The corresponding day after a period; the last of its month where the month is shorter. Past the year 9999, that year's last day. */
export function after(day: Day, { years = 0, months = 0, days = 0 }: Period): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const total = year * 12 + (month - 1) + years * 12 + months
  const [y, m] = [Math.floor(total / 12), total % 12]
  if (y > 9999) return LAST_DAY
  const moved = new Date(0)
  moved.setUTCFullYear(y, m, Math.min(date, daysIn(y, m)))
  moved.setUTCDate(moved.getUTCDate() + days)
  return moved.getUTCFullYear() > 9999 ? LAST_DAY : dayOf(moved)
}

const LAST_DAY = '9999-12-31'

/** The first day on which something that is kept for a period from a day need no longer be kept: the day after its last. */
export function freeAfter(day: Day, period: Period): Day {
  return after(after(day, period), { days: 1 })
}

export function latest(days: readonly Day[]): Day | undefined {
  return days.reduce<Day | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined)
}

export function earliest(days: readonly Day[]): Day | undefined {
  return days.reduce<Day | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined)
}

/** A period in words: `6 months`. */
export function writtenPeriod({ years, months, days }: Period): string {
  const [value, unit] =
    years !== undefined ? [years, 'year'] : months !== undefined ? [months, 'month'] : [days ?? 0, 'day']
  return `${value} ${unit}${value === 1 ? '' : 's'}`
}

function daysIn(year: number, month: number): number {
  const last = new Date(0)
  last.setUTCFullYear(year, month + 1, 0)
  return last.getUTCDate()
}
