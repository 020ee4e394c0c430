import { writtenDay } from './written-day.ts'

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
})

/** A minute as clocks in Britain show it; months from 1. */
export interface LocalTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
}

/** What clocks in Britain show at an instant: milliseconds since 1970, a Date, or its text in RFC 3339. */
export function localTime(instant: number | string | Date): LocalTime {
  const found = Object.fromEntries(
    parts.formatToParts(new Date(instant)).map(({ type, value }) => [type, Number(value)]),
  )
  const of = (name: string) => found[name] ?? Number.NaN
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute') }
}

/** Which of two: in October one hour comes twice, before the clocks go back and after. */
export type Turn = 'before' | 'after'

/**
 * The instant of a British local time, in RFC 3339 with the offset of its day. Undefined where clocks never show it: 31 June, or the hour that
 * is left out in March. Of the hour that comes twice in October it is the first, unless `after` is asked for.
 */
export function instantOf({ year, month, day, hour, minute }: LocalTime, turn: Turn = 'before'): string | undefined {
  const asUtc = Date.UTC(year, month - 1, day, hour, minute)
  if (Number.isNaN(asUtc) || year < 1900) return undefined
  // Britain is an hour ahead of UTC, or at it. The first of two is the one that is ahead.
  for (const ahead of turn === 'before' ? [1, 0] : [0, 1]) {
    const shown = localTime(asUtc - ahead * 3_600_000)
    const same = shown.year === year && shown.month === month && shown.day === day
    if (same && shown.hour === hour && shown.minute === minute)
      return new Date(asUtc).toISOString().replace(/\.000Z$/, ahead === 1 ? '+01:00' : 'Z')
  }
  return undefined
}

/** Whether clocks in Britain show an instant's time twice, and which of the two it is. Undefined for every other time. */
export function turnOf(instant: number | string | Date): Turn | undefined {
  const local = localTime(instant)
  const [first, second] = [instantOf(local), instantOf(local, 'after')].map((text) => Date.parse(text ?? ''))
  if (first === second) return undefined
  return Math.floor(new Date(instant).getTime() / 60_000) * 60_000 === first ? 'before' : 'after'
}

/** The day in Britain in which an instant lies: `2026-11-22`. */
export function britishDay(instant: number | string | Date): string {
  const { year, month, day } = localTime(instant)
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')
}

/** Whether a day begins in Britain at this instant, to the millisecond. */
export function isMidnight(instant: number | string | Date): boolean {
  const { hour, minute } = localTime(instant)
  return hour === 0 && minute === 0 && new Date(instant).getTime() % 60_000 === 0
}

/**
 * An instant as people in Britain write it: `3 March 2026 at 6:22pm`. Seconds only where there are any; of a time that comes twice it says
 * which. The zone is not said: whoever shows several says it once.
 */
export function writtenMoment(instant: number | string | Date): string {
  const { hour, minute } = localTime(instant)
  const rest = new Date(instant).getTime() % 60_000
  const seconds =
    rest === 0 ? '' : `:${(rest / 1000).toFixed(rest % 1000 === 0 ? 0 : 3).padStart(rest % 1000 === 0 ? 2 : 6, '0')}`
  const turn = turnOf(instant)
  const which = turn === undefined ? '' : ` (${turn} the clocks go back)`
  return `${writtenDay(britishDay(instant))} at ${hour % 12 || 12}:${String(minute).padStart(2, '0')}${seconds}${hour < 12 ? 'am' : 'pm'}${which}`
}
