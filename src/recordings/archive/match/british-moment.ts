import { britishInstants, isClockTime } from '../names/british-instants.ts'

/** When something was, as an export writes it. */
export interface Moment {
  /**
   * milliseconds since 1970, earliest first: where the stretch begins that was written. Two in the hour that comes twice in
   * October. -Infinity of a year before 2000, Infinity of one after 2099: systems write those where they mean none
   */
  readonly at: readonly number[]
  /** how long the stretch is that was written: 1 ms, a second, a minute, or a day */
  readonly lastsMs: number
}

/** By which clock times without a zone are read. */
export type Clock = 'british' | 'utc'

const SECOND = 1000
const MINUTE = 60_000
const DAY = 86_400_000

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const WEEKDAY = String.raw`(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?,? +)?`
const NUMERIC = String.raw`(?<d>\d{1,2})[/.\-](?<m>\d{1,2})[/.\-](?<y>\d{4}|\d{2})`
const WRITTEN = String.raw`(?<wd>\d{1,2})(?:st|nd|rd|th)?[ \-/]+(?<wm>[a-z]{3,9})\.?,?[ \-/]+(?<wy>\d{4}|\d{2})`
const ISO = String.raw`(?<iy>\d{4})[\-/.](?<im>\d{1,2})[\-/.](?<id>\d{1,2})`
const TIME = String.raw`(?:(?:[ t]|, ?| at )\s*(?<H>\d{1,2})[:.](?<M>\d{2})(?:[:.](?<S>\d{2})(?:[.,](?<F>\d{1,9}))?)? ?(?<half>[ap]\.?m\.?)?)?`
const ZONE = String.raw` ?(?<zone>z|utc|gmt|bst|[+\-]\d{2}:?\d{2})?`
const FORM = new RegExp(`^${WEEKDAY}(?:${NUMERIC}|${WRITTEN}|${ISO})${TIME}${ZONE}$`)
const DIGITS = /^(?<iy>\d{4})(?<im>\d{2})(?<id>\d{2})(?:[ t_-]?(?<H>\d{2})(?<M>\d{2})(?<S>\d{2})?)?$/
const SERIAL = /^\d{5}(?:\.\d{1,15})?$/

/**
 * Reads a date, with or without a time of day, as British systems export it: the day before the month, or the year first, or
 * the month in letters; also a spreadsheet's serial number (days since 30 December 1899). A time without a zone is read by
 * clocks in Britain unless `clock` says UTC. Undefined of what is none of these, of days that there are not, and of the hour
 * that clocks leave out in March.
 */
export function readMoment(text: string, clock: Clock = 'british'): Moment | undefined {
  const trimmed = text.trim().toLowerCase().replace(/\s+/g, ' ')
  // The longest form has 45 letters.
  if (trimmed.length > 60) return undefined
  if (SERIAL.test(trimmed)) return ofSerial(Number(trimmed), trimmed.includes('.'), clock)
  const found = (FORM.exec(trimmed) ?? DIGITS.exec(trimmed))?.groups
  return found && ofParts(found, clock)
}

type Groups = Readonly<Record<string, string | undefined>>

function ofParts(found: Groups, clock: Clock): Moment | undefined {
  const month = found['wm'] === undefined ? Number(found['m'] ?? found['im']) : monthOf(found['wm'])
  const written = found['y'] ?? found['wy'] ?? found['iy'] ?? ''
  const year = written.length === 2 ? 2000 + Number(written) : Number(written)
  const day = Number(found['d'] ?? found['wd'] ?? found['id'])
  if (month === undefined || !isClockTime({ ...MIDNIGHT, year: 2000, month, day })) return undefined
  if (year < 2000 || year > 2099) return { at: [year < 2000 ? -Infinity : Infinity], lastsMs: DAY }
  const { H, M, S, F, half, zone } = found
  if (H === undefined) return zone === undefined ? wholeDay(year, month, day, clock) : undefined
  const hour = hourOf(Number(H), half)
  if (hour === undefined) return undefined
  const millisecond = F === undefined ? 0 : Math.floor(Number(`0.${F}`) * 1000)
  const time: Time = { year, month, day, hour, minute: Number(M), second: Number(S ?? 0), millisecond }
  const lastsMs = F !== undefined ? 1 : S !== undefined ? SECOND : MINUTE
  return momentOf(time, lastsMs, zone, clock)
}

type Time = Parameters<typeof isClockTime>[0]
const MIDNIGHT: Time = { year: 2000, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 }

function momentOf(time: Time, lastsMs: number, zone: string | undefined, clock: Clock): Moment | undefined {
  // 24:00 is the midnight at the end of a day (ISO 8601).
  if (time.hour === 24) {
    if (time.minute !== 0 || time.second !== 0 || time.millisecond !== 0) return undefined
    const next = new Date(Date.UTC(time.year, time.month - 1, time.day + 1))
    const day = { year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() }
    if (!isClockTime({ ...time, hour: 0 })) return undefined
    return momentOf({ ...MIDNIGHT, ...day }, lastsMs, zone, clock)
  }
  if (!isClockTime(time)) return undefined
  const ahead = zone === undefined ? (clock === 'utc' ? 0 : undefined) : aheadOf(zone)
  if (ahead === 'impossible') return undefined
  const at = ahead === undefined ? britishInstants(time) : [utc(time) - ahead * MINUTE]
  return at.length === 0 ? undefined : { at, lastsMs }
}

/** Minutes ahead of UTC. */
function aheadOf(zone: string): number | 'impossible' {
  if (zone === 'z' || zone === 'utc' || zone === 'gmt') return 0
  if (zone === 'bst') return 60
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))]
  if (hours > 14 || minutes > 59) return 'impossible'
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

function wholeDay(year: number, month: number, day: number, clock: Clock): Moment | undefined {
  const time = { ...MIDNIGHT, year, month, day }
  if (!isClockTime(time)) return undefined
  const next = new Date(Date.UTC(year, month - 1, day + 1))
  const after = { ...MIDNIGHT, year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() }
  if (clock === 'utc' || after.year > 2099) return { at: [utc(time)], lastsMs: DAY }
  // No midnight in Britain comes twice or not at all; a day has 23, 24 or 25 hours.
  const [from, to] = [britishInstants(time)[0], britishInstants(after)[0]]
  return from === undefined || to === undefined ? undefined : { at: [from], lastsMs: to - from }
}

function ofSerial(serial: number, hasTime: boolean, clock: Clock): Moment | undefined {
  // Days since 1899-12-30, to the second: more than that a serial number does not hold.
  const date = new Date(Date.UTC(1899, 11, 30) + Math.round(serial * 86_400) * SECOND)
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
  if (!isClockTime({ ...MIDNIGHT, year, month, day })) return undefined
  if (!hasTime) return wholeDay(year, month, day, clock)
  const [hour, minute, second] = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
  return momentOf({ year, month, day, hour, minute, second, millisecond: 0 }, SECOND, undefined, clock)
}

function monthOf(word: string): number | undefined {
  const index = MONTHS.indexOf(word.slice(0, 3))
  return index === -1 || !FULL_MONTHS.some((full) => full === word || isShort(word, full)) ? undefined : index + 1
}

const FULL_MONTHS = 'january february march april may june july august september october november december'.split(' ')

function isShort(word: string, full: string): boolean {
  return word.length <= 4 && full.startsWith(word)
}

function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour <= 24 ? hour : undefined
  if (hour < 1 || hour > 12) return undefined
  return (hour % 12) + (half.startsWith('p') ? 12 : 0)
}

function utc({ year, month, day, hour, minute, second, millisecond }: Time): number {
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond)
}
