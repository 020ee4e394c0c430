import { instantOf, type LocalTime } from '../../../records/index.ts'

/** A second as clocks in Britain show it; months from 1. */
export interface ClockTime extends LocalTime {
  readonly second: number
  readonly millisecond: number
}

/**
 * The instants that clocks in Britain may have meant, in milliseconds since 1970: one; two in the hour that comes twice in
 * October, the first of them first; none where clocks never show it (31 June, the hour that is left out in March).
 */
export function britishInstants(time: ClockTime): readonly number[] {
  if (!isClockTime(time)) return []
  const within = time.minute * MINUTE + time.second * 1000 + time.millisecond
  return hoursOf(time).map((begins) => begins + within)
}

const MINUTE = 60_000
const hours = new Map<number, readonly number[]>()
/** A century has 876,600 hours; what an archive and its registers tell lies in a few years of it. */
const MOST_HOURS = 100_000

/** When the hour of a time began. Clocks change at full hours, so that one answer is that of the whole hour: a bill has a million times in few. */
function hoursOf({ year, month, day, hour }: ClockTime): readonly number[] {
  const key = Date.UTC(year, month - 1, day, hour)
  let begins = hours.get(key)
  if (begins === undefined) {
    const turns = (['before', 'after'] as const).map((turn) => instantOf({ year, month, day, hour, minute: 0 }, turn))
    begins = [...new Set(turns.flatMap((instant) => (instant === undefined ? [] : [Date.parse(instant)])))]
    if (hours.size >= MOST_HOURS) hours.clear()
    hours.set(key, begins)
  }
  return begins
}

/** Whether there is such a day and such a time of day, in whatever zone. */
export function isClockTime({ year, month, day, hour, minute, second }: ClockTime): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return (
    year >= FIRST_YEAR &&
    year <= LAST_YEAR &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59
  )
}

/** Nothing recorded calls on a phone before; and what looks like a later year is no year. */
export const FIRST_YEAR = 2000
export const LAST_YEAR = 2099
