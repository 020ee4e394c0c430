import { localTime } from '../../../records/index.ts'
import type { Match } from '../match/match.ts'
import { type Class, CLASSES, type ReasonCode, sorted } from '../match/reason.ts'
import { mark } from './mark.ts'

/** What is counted of any set of items. */
export interface Counts {
  readonly files: number
  readonly bytes: number
  /** of files whose length is known; exact copies count as often as they are there */
  readonly hours: number
  /** files whose length is not known */
  readonly lengthUnknown: number
  /** distinct numbers on the other side, told apart by their marks */
  readonly parties: number
  readonly classes: Readonly<Record<Class, number>>
  readonly damaged: number
}

/** One phone in one month. */
export interface MonthCounts extends Counts {
  /** HMAC of its id under the archive's key, lower-case hex; absent where no phone is known */
  readonly device?: string
  /** `2019-03`, by clocks in Britain; absent where nothing says when */
  readonly month?: string
}

/** What a regulator asks of an archive. Nothing in it is a number, a name or an id that anybody could read. */
export interface ArchiveStatistics {
  readonly total: Counts
  /** phones on which anything with sound lay */
  readonly devicesWithAudio: number
  /** recordings without their exact copies */
  readonly distinctFiles: number
  /** what is kept as A or B, and the cases and operations for which */
  readonly held: { readonly files: number; readonly cases: number; readonly operations: number }
  /** files that each reason is given for; a file may have several */
  readonly reasons: Readonly<Partial<Record<ReasonCode, number>>>
  /** groups of what are likely copies of one call */
  readonly likelyCopies: number
  /** by device, then by month, unknown ones last */
  readonly months: readonly MonthCounts[]
}

/** How each figure was made: a figure that nobody can make again is no figure. */
export const HOW_COUNTED: Readonly<Record<string, string>> = {
  files: 'Files of the archive, exact copies included.',
  distinctFiles: 'Files that differ in their bytes (SHA-256).',
  devicesWithAudio: 'Phones with at least one file that is a recording of a known kind and not empty.',
  hours:
    'Lengths as the files tell them, or what lies beside them, or the bill; exact copies included; rounded to a hundredth of an hour.',
  lengthUnknown: 'Neither the file, nor what lies beside it, nor the bill tells the length.',
  parties: 'Only numbers in full international form. They are told apart by keyed digests.',
  months: 'By the first instant at which the call may have begun, by clocks in Britain.',
  held: 'Recordings of class A or B, with their exact copies. The cases and operations are those that the rules on authorised operations (R1), own cases (R2) and live cases (R3) named.',
}

/**
 * Counts an archive. `key` is that of its marks, 32 bytes or more. `by`: a row a phone and month, or a month of all phones, where each other party counts
 * once in it.
 */
export function archiveStatistics(
  matches: readonly Match[],
  key: Uint8Array,
  by: 'phone' | 'month' = 'phone',
): ArchiveStatistics {
  const marks = new Map<string, string>()
  const partyMark = (number: string) => {
    let found = marks.get(number)
    if (found === undefined) marks.set(number, (found = mark(key, 'party', number)))
    return found
  }
  const total = new Tally()
  const months = new Map<string, { device?: string; month?: string; tally: Tally }>()
  const reasons: Partial<Record<ReasonCode, number>> = {}
  const [devices, cases, operations, likely] = [new Set(), new Set(), new Set(), new Set()]
  let held = 0
  const monthOf = monthsOf()
  for (const match of matches) {
    const { item, facts } = match
    const parties = facts.numbers.map(partyMark)
    const device = item.device === undefined ? undefined : deviceMark(key, marks, item.device)
    const month = facts.began.length === 0 ? undefined : monthOf(Math.min(...facts.began.map(({ from }) => from)))
    const phone = by === 'phone' ? device : undefined
    const place = `${phone ?? '~'} ${month ?? '~'}`
    let row = months.get(place)
    if (row === undefined) months.set(place, (row = { device: phone, month, tally: new Tally() }))
    for (const tally of [total, row.tally]) tally.add(match, parties)
    if (device !== undefined && item.audio !== undefined && item.audio.state !== 'empty') devices.add(device)
    const settled = match.follows?.class ?? match.class
    if (settled === 'A' || settled === 'B') held++
    if (match.likelyCopies.length > 0) likely.add(match.likelyCopies[0])
    for (const { code, targets } of match.reasons) {
      reasons[code] = (reasons[code] ?? 0) + 1
      if (code === 'own_case' || code === 'live_case') for (const one of targets) cases.add(one)
      if (code === 'operation') for (const one of targets) operations.add(one)
    }
  }
  return {
    total: total.counts(),
    devicesWithAudio: devices.size,
    distinctFiles: matches.filter(({ follows }) => follows === undefined).length,
    held: { files: held, cases: cases.size, operations: operations.size },
    reasons: Object.fromEntries(sorted(Object.keys(reasons)).map((code) => [code, reasons[code as ReasonCode]])),
    likelyCopies: likely.size,
    months: sorted(months.keys()).map((place) => {
      const { device, month, tally } = months.get(place) as { device?: string; month?: string; tally: Tally }
      return { ...(device !== undefined && { device }), ...(month !== undefined && { month }), ...tally.counts() }
    }),
  }
}

function deviceMark(key: Uint8Array, marks: Map<string, string>, device: string): string {
  const place = `device ${device}`
  let found = marks.get(place)
  if (found === undefined) marks.set(place, (found = mark(key, 'device', device)))
  return found
}

/** The month of an instant, asked once for each hour. */
function monthsOf(): (at: number) => string {
  const known = new Map<number, string>()
  return (at) => {
    const hour = Math.floor(at / 3_600_000)
    let found = known.get(hour)
    if (found === undefined) {
      const { year, month } = localTime(at)
      found = `${year}-${String(month).padStart(2, '0')}`
      known.set(hour, found)
    }
    return found
  }
}

class Tally {
  #files = 0
  #bytes = 0
  #ms = 0
  #lengthUnknown = 0
  #damaged = 0
  readonly #parties = new Set<string>()
  readonly #classes = Object.fromEntries(CLASSES.map((one) => [one, 0])) as Record<Class, number>

  add({ item, facts, class: found }: Match, parties: readonly string[]): void {
    this.#files++
    this.#bytes += item.bytes
    // The same sum in whatever order they come.
    this.#ms += Math.round(facts.durationMs ?? 0)
    if (facts.durationMs === undefined) this.#lengthUnknown++
    if (item.audio?.state === 'damaged') this.#damaged++
    for (const one of parties) this.#parties.add(one)
    this.#classes[found]++
  }

  counts(): Counts {
    return {
      files: this.#files,
      bytes: this.#bytes,
      hours: Math.round(this.#ms / 36_000) / 100,
      lengthUnknown: this.#lengthUnknown,
      parties: this.#parties.size,
      classes: { ...this.#classes },
      damaged: this.#damaged,
    }
  }
}

/**
 * The months as CSV (RFC 4180), a line a phone and month and one for all. Nothing in a cell can begin a formula or needs a quote:
 * they are marks, months and figures.
 */
export function statisticsCsv({ total, months }: ArchiveStatistics): string {
  const line = (device: string, month: string, counts: Counts) => [
    device,
    month,
    counts.files,
    counts.bytes,
    counts.hours.toFixed(2),
    counts.lengthUnknown,
    counts.parties,
    ...CLASSES.map((one) => counts.classes[one]),
    counts.damaged,
  ]
  const heading = ['device', 'month', 'files', 'bytes', 'hours', 'length_unknown', 'parties']
  const rows = [
    [...heading, ...CLASSES.map((one) => `class_${one.toLowerCase()}`), 'damaged'],
    ...months.map((one) => line(one.device ?? 'unknown', one.month ?? 'unknown', one)),
    line('all', 'all', total),
  ]
  return rows.map((row) => `${row.join(',')}\r\n`).join('')
}
