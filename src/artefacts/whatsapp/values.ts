import { instant, type Place, rfc3339, type TimeEncoding } from '../../records/index.ts'

/** Text of a column; undefined where it is empty or not text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A number of a column, also where it came as a bigint; undefined where it is no number. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : undefined
}

/** The time of a row and the value as the phone wrote it; nothing where there is no usable time or no value. */
export function timeOf(value: unknown, encoding: TimeEncoding): { time?: string; time_raw?: string } {
  if (typeof value !== 'number' && typeof value !== 'bigint') return {}
  const ms = instant(value, encoding)
  if (ms === undefined) return { time_raw: String(value) }
  return { time: rfc3339(ms), time_raw: String(value) }
}

/** The place of a row, from the two columns that `placeSql` made. */
export function placeOf(lat: unknown, lon: unknown): { place?: Place } {
  return typeof lat === 'number' && typeof lon === 'number' ? { place: { lat, lon } } : {}
}

/** The place at two raw values, by the same rule as `placeSql`; nothing where they are no degrees. */
export function usablePlace(lat: unknown, lon: unknown): { place?: Place } {
  if (typeof lat !== 'number' || typeof lon !== 'number') return {}
  const usable = Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && !(lat === 0 && lon === 0)
  return usable ? { place: { lat, lon } } : {}
}

/** SQL of a latitude and a longitude, both NULL unless `when` holds and they are degrees; 0, 0 is how "not known" is written. */
export function placeSql(when: string, lat: string, lon: string): { readonly lat: string; readonly lon: string } {
  const usable = `${when} AND typeof(${lat}) IN ('real', 'integer') AND typeof(${lon}) IN ('real', 'integer')
    AND ${lat} BETWEEN -90 AND 90 AND ${lon} BETWEEN -180 AND 180 AND NOT (${lat} = 0 AND ${lon} = 0)`
  return { lat: `CASE WHEN ${usable} THEN ${lat} END`, lon: `CASE WHEN ${usable} THEN ${lon} END` }
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** A media type as a file name's neighbour column states it; undefined where the column holds something else. */
export function mediaType(value: unknown): string | undefined {
  return typeof value === 'string' && value.length < 100 && /^[\w.+-]+\/[\w.+-]+(;.*)?$/.test(value)
    ? value.split(';')[0]?.toLowerCase()
    : undefined
}

/** Longest vCard that is looked at: without their pictures they are well below. */
const VCARD_LIMIT = 65_536
const TELEPHONES = /^(?:[\w-]+\.)?TEL\b[^:\r\n]{0,200}:([^\r\n]{1,60})/gim

/** The telephone numbers on shared contact cards, as written, at most 50. */
export function telephonesOn(vcards: unknown): string[] {
  if (typeof vcards !== 'string') return []
  const numbers = new Set<string>()
  for (const [, number] of vcards.slice(0, VCARD_LIMIT).matchAll(TELEPHONES)) {
    if (numbers.size === 50) break
    numbers.add((number as string).trim())
  }
  return [...numbers]
}
