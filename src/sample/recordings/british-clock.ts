/** What clocks in Britain show at an instant, by the rule alone: an hour ahead from the last Sunday of March to that of October, at 01:00 UTC. */
export interface Shown {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
}

const HOUR = 3_600_000

/** `at`: milliseconds since 1970. */
export function clockInBritain(at: number): Shown {
  return shownAt(isSummer(at) ? at + HOUR : at)
}

/** What a clock of UTC shows. */
export function shownAt(at: number): Shown {
  const date = new Date(at)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  }
}

/** Whether clocks show the time of this instant twice: it lies within an hour of their going back, on either side. */
export function comesTwice(at: number): boolean {
  const back = lastSunday(new Date(at).getUTCFullYear(), 9)
  return at >= back - HOUR && at < back + HOUR
}

function isSummer(at: number): boolean {
  const year = new Date(at).getUTCFullYear()
  return at >= lastSunday(year, 2) && at < lastSunday(year, 9)
}

/** 01:00 UTC on the last Sunday of a month of 31 days; months from 0. */
function lastSunday(year: number, month: number): number {
  const last = Date.UTC(year, month, 31, 1)
  return last - new Date(last).getUTCDay() * 24 * HOUR
}
