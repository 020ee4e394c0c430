import { FleetError } from './errors.ts'

/** RFC 3339 in UTC to the millisecond, so that the order of two texts is that of the instants. */
export type Instant = string

const RFC3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:?\d\d)$/

/** An instant with its zone, as some system wrote it; undefined where it is none. */
export function readInstant(text: string): Instant | undefined {
  if (!RFC3339.test(text)) return undefined
  const ms = Date.parse(text)
  if (Number.isNaN(ms) || ms < 0) return undefined
  return new Date(ms).toISOString()
}

/** The same of a caller. Throws FleetError BAD_TIME. */
export function instantFrom(text: string): Instant {
  const instant = readInstant(text)
  if (instant === undefined)
    throw new FleetError('BAD_TIME', 'a time is not in RFC 3339 with its zone', 'write it as 2026-11-22T09:00:00Z')
  return instant
}

export function latest(first: Instant, ...more: readonly (Instant | undefined)[]): Instant {
  let found = first
  for (const one of more) if (one !== undefined && one > found) found = one
  return found
}

export function msBetween(from: Instant, to: Instant): number {
  return Date.parse(to) - Date.parse(from)
}

/** By code units: the same order on every machine. */
export function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
