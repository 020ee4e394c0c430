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

/**
 * The instant of a British local time, in RFC 3339 with the offset of its day. Undefined where clocks never show it: 31 June, or the hour that
 * is left out in March. Of the hour that comes twice in October it is the first.
 */
export function instantOf({ year, month, day, hour, minute }: LocalTime): string | undefined {
  const asUtc = Date.UTC(year, month - 1, day, hour, minute)
  if (Number.isNaN(asUtc) || year < 1900) return undefined
  // Britain is an hour ahead of UTC, or at it. The first of two is the one that is ahead.
  for (const ahead of [1, 0]) {
    const shown = localTime(asUtc - ahead * 3_600_000)
    const same = shown.year === year && shown.month === month && shown.day === day
    if (same && shown.hour === hour && shown.minute === minute)
      return new Date(asUtc).toISOString().replace(/\.000Z$/, ahead === 1 ? '+01:00' : 'Z')
  }
  return undefined
}

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
