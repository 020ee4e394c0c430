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
  const within = time.second * 1000 + time.millisecond
  const found = (['before', 'after'] as const)
    .map((turn) => instantOf(time, turn))
    .filter((instant) => instant !== undefined)
    .map((instant) => Date.parse(instant) + within)
  return [...new Set(found)]
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
