import type { RecordingInShort } from '../../../actions/index.ts'
import { REASONS } from '../../../recordings/index.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** What a recording is called where nothing may tell whose it is: its phone by its number in the archive, its month. */
export function recordingWords({ phone, month }: Pick<RecordingInShort, 'phone' | 'month'>): string {
  const of = phone === null ? 'A recording of no phone that is known' : `A recording of phone ${phone}`
  return month === null ? of : `${of}, ${monthWords(month)}`
}

/** `2019-03` as people write it: `March 2019`. */
export function monthWords(month: string): string {
  return MONTH.format(new Date(`${month}-01T00:00:00Z`))
}

/** How long one recording or call is, as people say it: `2 minutes 5 seconds`. What is there and shorter than a second is one. */
export function lengthWords(ms: number | null): string {
  if (ms === null) return 'Not known'
  const seconds = ms === 0 ? 0 : Math.max(1, Math.round(ms / 1000))
  const [minutes, left] = [Math.floor(seconds / 60), seconds % 60]
  return [minutes > 0 && many(minutes, 'minute'), (left > 0 || minutes === 0) && many(left, 'second')]
    .filter((part) => part !== false)
    .join(' ')
}

/** How long many are together: `42 minutes`; `310.5 hours`. */
export function hoursWords(ms: number): string {
  if (ms < HOUR) return many(Math.ceil(ms / MINUTE), 'minute')
  const hours = (ms / HOUR).toLocaleString('en-GB', { maximumFractionDigits: 1 })
  return hours === '1' ? '1 hour' : `${hours} hours`
}

/** `3.2 GB`; `12.0 MB`: powers of ten, as disks are sold. */
export function bytesWords(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1000).toLocaleString('en-GB')} kB`
}

/** Why a recording is what it is, in the sentences of matching. */
export function reasonWords(codes: readonly string[]): string[] {
  return codes.flatMap((code) => (Object.hasOwn(REASONS, code) ? [REASONS[code as keyof typeof REASONS][2]] : []))
}

/** So many of them: `1 recording`; `2,300 recordings`. */
export function recordingsWords(count: number): string {
  return many(count, 'recording')
}

function many(count: number, one: string): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : `${one}s`}`
}
