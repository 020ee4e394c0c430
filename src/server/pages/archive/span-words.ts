import type { Window } from '../../../recordings/index.ts'

const SECOND = 1000
const DAY = 86_400_000

const moment = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
})
const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

/**
 * A stretch of time by clocks in Britain: a moment where it is no longer than a second, days where it is longer than one, and what is open said as that. The
 * zone stands by every moment, because one hour in October comes twice.
 */
export function spanWords({ from, to, unsure }: Window): string {
  const said = saying(from, to)
  return unsure ? `${said}, perhaps: an end of it could not be read` : said
}

function saying(from: number, to: number): string {
  if (from === -Infinity && to === Infinity) return 'always'
  if (from === -Infinity) return `until ${day.format(to)}`
  if (to === Infinity) return `from ${day.format(from)} on`
  if (to - from < SECOND) return moment.format(from)
  if (to - from < DAY - 1) return `between ${moment.format(from)} and ${moment.format(to)}`
  return day.format(from) === day.format(to) ? day.format(from) : `${day.format(from)} to ${day.format(to)}`
}
