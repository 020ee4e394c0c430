/** How a file writes an instant. `apple_any` and `apple_seconds` count from 2001-01-01T00:00:00Z. */
export type TimeEncoding =
  /** seconds since 2001, or nanoseconds since 2001 from iOS 11 on; told apart by size */
  | 'apple_any'
  /** seconds since 2001, with a fraction */
  | 'apple_seconds'
  | 'unix_seconds'
  | 'unix_milliseconds'

const APPLE_EPOCH_MS = 978_307_200_000
/** Above this an `apple_any` value is nanoseconds: as seconds it would lie past the year 33,000. */
export const APPLE_NANOSECONDS_FROM = 1_000_000_000_000n

/** The last instant that ECMAScript and RFC 3339 can both write: 9999-12-31T23:59:59.999Z. */
const LAST_MS = 253_402_300_799_999

export type RawTime = number | bigint

/**
 * Reads a raw value as milliseconds since 1970, or undefined where it is no usable time (zero, negative, past year 9999).
 * Zero is how the files write "not set", so it is never read as the epoch itself.
 */
export function instant(raw: RawTime | null | undefined, encoding: TimeEncoding): number | undefined {
  if (raw === null || raw === undefined) return undefined
  const ms = milliseconds(raw, encoding)
  return Number.isFinite(ms) && raw !== 0 && raw !== 0n && ms > 0 && ms <= LAST_MS ? ms : undefined
}

function milliseconds(raw: RawTime, encoding: TimeEncoding): number {
  switch (encoding) {
    case 'apple_any':
      // Whole nanoseconds do not fit a double: divide as integers, and downwards, so that an instant is never early.
      if (typeof raw === 'bigint' && raw >= APPLE_NANOSECONDS_FROM) return APPLE_EPOCH_MS + Number(raw / 1_000_000n)
      if (typeof raw === 'number' && raw >= Number(APPLE_NANOSECONDS_FROM))
        return APPLE_EPOCH_MS + (raw - (raw % 1_000_000)) / 1_000_000
      return APPLE_EPOCH_MS + round(Number(raw) * 1000)
    case 'apple_seconds':
      return APPLE_EPOCH_MS + round(Number(raw) * 1000)
    case 'unix_seconds':
      return round(Number(raw) * 1000)
    case 'unix_milliseconds':
      return Math.floor(Number(raw))
  }
}

/** Rounds a fraction of a second to the millisecond: 0.001 s has no exact double, and flooring would lose one. */
function round(ms: number): number {
  return Math.floor(ms + 0.5)
}

/**
 * The raw values that can stand for an instant in [fromMs, toMs), as closed ranges that an index can serve. A superset:
 * whoever filters by them checks `instant` as well.
 */
export function rawRanges(fromMs: number, toMs: number, encoding: TimeEncoding): readonly [bigint, bigint][] {
  const apple = (ms: number) => BigInt(Math.floor((ms - APPLE_EPOCH_MS) / 1000))
  const slack = 2n
  switch (encoding) {
    case 'apple_any': {
      const seconds: [bigint, bigint] = [apple(fromMs) - slack, apple(toMs) + slack]
      const nano = (ms: number) => BigInt(Math.floor(ms) - APPLE_EPOCH_MS) * 1_000_000n
      const low = nano(fromMs)
      return [
        [seconds[0], seconds[1] < APPLE_NANOSECONDS_FROM ? seconds[1] : APPLE_NANOSECONDS_FROM],
        [low > APPLE_NANOSECONDS_FROM ? low : APPLE_NANOSECONDS_FROM, nano(toMs)],
      ]
    }
    case 'apple_seconds':
      return [[apple(fromMs) - slack, apple(toMs) + slack]]
    case 'unix_seconds':
      return [[BigInt(Math.floor(fromMs / 1000)) - slack, BigInt(Math.floor(toMs / 1000)) + slack]]
    case 'unix_milliseconds':
      return [[BigInt(Math.floor(fromMs)) - slack, BigInt(Math.floor(toMs)) + slack]]
  }
}

/** Writes milliseconds since 1970 as RFC 3339 in UTC with milliseconds: the one form in which a record shows a time. */
export function rfc3339(ms: number): string {
  if (!(ms >= 0 && ms <= LAST_MS)) return new Date(ms).toISOString()
  const day = Math.floor(ms / DAY_MS)
  if (day !== written.day) written = { day, date: new Date(day * DAY_MS).toISOString().slice(0, 11) }
  const rest = Math.floor(ms) - day * DAY_MS
  const minutes = Math.floor(rest / 60_000)
  const seconds = Math.floor(rest / 1000) % 60
  return `${written.date}${TWO[Math.floor(minutes / 60)]}:${TWO[minutes % 60]}:${TWO[seconds]}.${THREE[rest % 1000]}Z`
}

const DAY_MS = 86_400_000
/** Messages come in the order of their times, so the date is mostly that of the one before: writing it out is what costs. */
let written = { day: Number.NaN, date: '' }
const TWO = numbered(60, 2)
const THREE = numbered(1000, 3)

function numbered(count: number, width: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => String(n).padStart(width, '0'))
}
