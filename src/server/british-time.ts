import { instantOf } from '../records/index.ts'

/** The fields of a date and a time of day, as somebody typed them. */
export interface TypedTime {
  readonly day: string
  readonly month: string
  readonly year: string
  /** `9:30`, `09.30`, `0930`, `9:30pm` */
  readonly time: string
}

/** Reads a date and a time that somebody typed. Undefined where it is none, or there is no such moment. */
export function readBritishTime({ day, month, year, time }: TypedTime): Date | undefined {
  const clock = /^(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?$/i.exec(time.trim())
  if (clock === null || ![day, month, year].every((text) => /^\d{1,4}$/.test(text.trim()))) return undefined
  const half = clock[3]?.toLowerCase()
  const typed = Number(clock[1])
  if (half !== undefined && (typed < 1 || typed > 12)) return undefined
  const hour = half === undefined ? typed : (typed % 12) + (half === 'pm' ? 12 : 0)
  const instant = instantOf({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour,
    minute: Number(clock[2] ?? 0),
  })
  return instant === undefined ? undefined : new Date(instant)
}
