const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
})

/** The fields of a date and a time of day, as somebody typed them. */
export interface TypedTime {
  readonly day: string
  readonly month: string
  readonly year: string
  /** `9:30`, `09.30`, `0930`, `9:30pm` */
  readonly time: string
}

/**
 * Reads a British local date and time. Undefined where there is no such moment: 31 February, 25:00, or the hour that is left out in March.
 * In October, when an hour comes twice, it is the first.
 */
export function readBritishTime({ day, month, year, time }: TypedTime): Date | undefined {
  const clock = /^(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?$/i.exec(time.trim())
  const numbers = [year, month, day].map((text) => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN))
  if (clock === null || numbers.some(Number.isNaN)) return undefined
  const [wantedYear = 0, wantedMonth = 0, wantedDay = 0] = numbers
  if (wantedYear < 1900) return undefined
  const half = clock[3]?.toLowerCase()
  const hour = Number(clock[1])
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined
  const wantedHour = half === undefined ? hour : (hour % 12) + (half === 'pm' ? 12 : 0)
  const wantedMinute = Number(clock[2] ?? 0)
  const wanted = [wantedYear, wantedMonth, wantedDay, wantedHour, wantedMinute]
  const asUtc = Date.UTC(wantedYear, wantedMonth - 1, wantedDay, wantedHour, wantedMinute)
  // Britain is at UTC or an hour ahead of it. One that is ahead comes first.
  for (const offset of [1, 0]) {
    const at = new Date(asUtc - offset * 3_600_000)
    if (british(at).every((number, index) => number === wanted[index])) return at
  }
  return undefined
}

/** The fields that stand for a moment. */
export function writeBritishTime(at: Date): TypedTime {
  const [year, month, day, hour = 0, minute = 0] = british(at)
  const two = (number: number) => String(number).padStart(2, '0')
  return { day: String(day), month: String(month), year: String(year), time: `${two(hour)}:${two(minute)}` }
}

function british(at: Date): number[] {
  const found = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return [found['year'], found['month'], found['day'], found['hour'], found['minute']].map(
    (number) => number ?? Number.NaN,
  )
}
