import { instant } from '../../records/index.ts'
import type { Odd, When } from './facts.ts'

/**
 * Reads an EXIF time of day, `YYYY:MM:DD HH:MM:SS` (EXIF 2.32, 4.6.5), with its offset (`+01:00`) and fraction of a second where
 * they are given. Without an offset it is read as UTC and says so. Blank and all-zero are "not set".
 */
export function exifTime(
  raw: string,
  offset: string | undefined,
  fraction: string | undefined,
  odd: Odd,
): When | undefined {
  const text = raw.trim()
  if (/^[\s:0]*$/.test(text)) return undefined
  const fields = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)$/.exec(text)
  const [year, month, day, hour, minute, second] = (fields?.slice(1) ?? []).map(Number) as [number, ...number[]]
  const local = fields ? Date.UTC(year, (month ?? 0) - 1, day, hour, minute, second) : Number.NaN
  // Date.UTC carries over (31 February becomes 3 March): only what comes back as it was written is a date.
  if (!fields || new Date(local).toISOString().slice(0, 19).replace(/[-:T]/g, '') !== fields.slice(1).join('')) {
    odd('a time that is none')
    return { raw: text }
  }
  const east = offsetMinutes(offset)
  const ms = instant(local + milliseconds(fraction) - (east ?? 0) * 60_000, 'unix_milliseconds')
  if (ms === undefined) odd('a time outside the years that a time can have')
  return { ms, raw: text, zone: east === undefined ? 'assumed_utc' : 'stated' }
}

/** Minutes east of Greenwich in `+01:00`, `-0330` or `Z`; undefined where it is none of these. */
export function offsetMinutes(text: string | undefined): number | undefined {
  if (text?.trim() === 'Z') return 0
  const fields = /^([+-])(\d\d):?(\d\d)?$/.exec(text?.trim() ?? '')
  if (!fields) return undefined
  const minutes = Number(fields[2]) * 60 + Number(fields[3] ?? 0)
  if (minutes > 15 * 60 || Number(fields[3] ?? 0) > 59) return undefined
  return fields[1] === '-' ? -minutes : minutes
}

/** SubSecTime holds the digits after the point, however many. */
function milliseconds(fraction: string | undefined): number {
  const digits = /^\d+/.exec(fraction?.trim() ?? '')?.[0] ?? ''
  return Number(digits.slice(0, 3).padEnd(3, '0'))
}
