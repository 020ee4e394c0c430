import { instantOf, type LocalTime, type Turn } from '../records/index.ts'

/** The fields of a date and a time of day, as somebody typed them. */
export interface TypedTime {
  readonly day: string
  readonly month: string
  readonly year: string
  /** `9:30`, `09.30`, `0930`, `9:30pm`; in the hour that comes twice also `1:30 GMT` */
  readonly time: string
}

/** How somebody says which of the two hours of a night in October is meant. */
export const ZONES: Readonly<Record<Turn, string>> = { before: 'BST', after: 'GMT' }

/** Reads a time of day, with the zone where somebody gave it. Undefined where it is none. */
export function readClock(text: string): { hour: number; minute: number; turn?: Turn } | undefined {
  const clock = /^(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?\s*(BST|GMT)?$/i.exec(text.trim())
  if (clock === null) return undefined
  const half = clock[3]?.toLowerCase()
  const typed = Number(clock[1])
  if (half !== undefined && (typed < 1 || typed > 12)) return undefined
  const hour = half === undefined ? typed : (typed % 12) + (half === 'pm' ? 12 : 0)
  const minute = Number(clock[2] ?? 0)
  const zone = clock[4]?.toUpperCase()
  if (hour > 23 || minute > 59) return undefined
  return { hour, minute, ...(zone && { turn: zone === ZONES.before ? ('before' as const) : ('after' as const) }) }
}

/** The instant of a day and a time that somebody typed, in RFC 3339. Undefined where clocks never show it, or not in the zone that was given. */
export function typedInstant(local: LocalTime, turn?: Turn): string | undefined {
  const instant = instantOf(local, turn)
  if (turn !== undefined && instant?.endsWith('Z') !== (turn === 'after')) return undefined
  return instant
}

/** Reads a date and a time that somebody typed. Undefined where it is none, or there is no such moment. */
export function readBritishTime({ day, month, year, time }: TypedTime): Date | undefined {
  const clock = readClock(time)
  if (clock === undefined || ![day, month, year].every((text) => /^\d{1,4}$/.test(text.trim()))) return undefined
  const { turn, ...at } = clock
  const instant = typedInstant({ year: Number(year), month: Number(month), day: Number(day), ...at }, turn)
  return instant === undefined ? undefined : new Date(instant)
}
