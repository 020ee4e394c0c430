import { KIND_WORDS, type Reason } from '../scope/index.ts'
import { type RecordKind, writtenDay } from '../records/index.ts'

/** Why records were left, in the words of somebody who reads a table of them. */
export const REASON_WORDS: Readonly<Record<Reason, string>> = {
  app: 'from an app not asked for',
  time: 'outside the time asked for',
  no_time: 'without a usable time',
  party: 'with other people',
  no_party: 'naming nobody',
  place: 'at another place',
  no_place: 'without a place',
  keyword: 'without the words asked for',
  no_text: 'without any text',
  deleted: 'deleted by the user',
  unreadable: 'could not be read',
}

/** A kind at the head of a row. */
export function kindTitle(kind: RecordKind): string {
  return capital(KIND_WORDS[kind])
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A whole number with commas, the same in every locale. */
export function number(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** A number and its noun: `1 record`, `2 records`. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`
}

/** Words joined as in a sentence. */
export function listed(words: readonly string[], joint: 'and' | 'or' = 'and'): string {
  if (words.length <= 1) return words[0] ?? ''
  return `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1)}`
}

/** A size that somebody can imagine; exact below one kilobyte. */
export function size(bytes: number): string {
  if (bytes < 1000) return count(bytes, 'byte')
  const [value, unit] =
    bytes < 1_000_000 ? [bytes / 1000, 'kB'] : bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB']
  return `${value < 10 ? value.toFixed(1) : number(Math.round(value))} ${unit}`
}

/** The time of day of an RFC 3339 instant in UTC; milliseconds only where there are any. */
export function clock(rfc3339: string): string {
  return rfc3339.slice(11, 23).replace(/\.000$/, '')
}

/** An instant in UTC, with the zone said. */
export function moment(rfc3339: string): string {
  return `${writtenDay(rfc3339)}, ${clock(rfc3339)} UTC`
}

/** An instant as a document states it, in any zone, in UTC. */
export function statedMoment(instant: string): string {
  return moment(new Date(instant).toISOString()).replace(/:00 UTC$/, ' UTC')
}

/** A length of time in minutes and seconds. */
export function duration(seconds: number): string {
  const whole = Math.floor(seconds)
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return [h > 0 ? `${number(h)} h` : '', m > 0 ? `${m} min` : '', s > 0 || whole < 60 ? `${s} s` : '']
    .filter((part) => part !== '')
    .join(' ')
}

/** A place on the earth, to the eleven centimetres that six decimals of a degree tell apart. */
export function position({ lat, lon }: { readonly lat: number; readonly lon: number }): string {
  return `latitude ${Number(lat.toFixed(6))}, longitude ${Number(lon.toFixed(6))}`
}
