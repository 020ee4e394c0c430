import { localTime } from '../records/index.ts'

const DAY_MS = 86_400_000

/** By day in UTC, how far clocks in Britain are ahead all day long; null where they change in it. */
const remembered = new Map<number, number | null>()
// Bounded, because times come from the phone and a wrong clock could make any number of days.
const MOST_REMEMBERED = 50_000

/** Which day it is in Britain at an instant (milliseconds since 1970): days are counted from 1 January 1970. */
export function dayOf(ms: number): number {
  return Math.floor((ms + aheadAt(ms)) / DAY_MS)
}

/** The instant at which a day begins in Britain. Clocks never change at midnight there. */
export function dayBegins(day: number): number {
  const utc = day * DAY_MS
  return utc - aheadAt(utc - aheadAt(utc))
}

function aheadAt(ms: number): number {
  const day = Math.floor(ms / DAY_MS)
  let ahead = remembered.get(day)
  if (ahead === undefined) {
    const [first, last] = [lookedUp(day * DAY_MS), lookedUp((day + 1) * DAY_MS - 1)]
    ahead = first === last ? first : null
    if (remembered.size >= MOST_REMEMBERED) remembered.clear()
    remembered.set(day, ahead)
  }
  return ahead ?? lookedUp(ms)
}

function lookedUp(ms: number): number {
  const { year, month, day, hour, minute } = localTime(ms)
  const minuteOf = Math.floor(ms / 60_000) * 60_000
  const ahead = Date.UTC(year, month - 1, day, hour, minute) - minuteOf
  // Before there were zones, and in years that a wrong clock invents, days are those of UTC.
  return Math.abs(ahead) <= 7_200_000 && ahead % 3_600_000 === 0 ? ahead : 0
}
