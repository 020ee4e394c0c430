const LONDON = 'Europe/London'
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: LONDON })
const clock = new Intl.DateTimeFormat('en-GB', {
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
  hour12: true,
  timeZone: LONDON,
})
const offset = new Intl.DateTimeFormat('en-GB', { timeZone: LONDON, timeZoneName: 'longOffset' })

/** The day of a record in British local time. */
export function dayOf(at: string | number): string {
  return day.format(new Date(at))
}

/** The time of day of a record in British local time, to the second. */
export function clockOf(at: string | number): string {
  return clock.format(new Date(at)).replace(/\s/g, '').toLowerCase()
}

export function momentOf(at: string | number): string {
  return `${dayOf(at)} at ${clockOf(at)}`
}

/** The instant at which a day begins in Britain, in milliseconds since 1970; undefined where it is no day. */
export function dayBegins(written: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written)) return undefined
  const utc = Date.parse(`${written}T00:00:00Z`)
  if (Number.isNaN(utc)) return undefined
  const name = offset.formatToParts(new Date(utc)).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? []
  const ahead = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1)
  return utc - ahead * 60_000
}

/** The day in Britain in which an instant lies, as it is written in an address. */
export function dayWritten(ms: number): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: LONDON, dateStyle: 'short' }).format(new Date(ms))
  return parts.slice(0, 10)
}
