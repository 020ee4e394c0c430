import type { Place, TimeZoneBasis } from '../../records/index.ts'

/** What a picture or film says of itself. */
export interface MediaFacts {
  width?: number
  height?: number
  durationSeconds?: number
  when?: When
  place?: Place
  camera?: string
}

/** When it was taken. `zone` only where the file writes a time of day and not an instant. */
export interface When {
  /** milliseconds since 1970 */
  readonly ms?: number
  readonly raw: string
  readonly zone?: TimeZoneBasis
}

/** Told of whatever is odd; never given content. */
export type Odd = (what: string) => void

/** A place, if it can be one; nothing and 0,0 (a receiver without a fix) are none. */
export function placeOf(lat: number, lon: number, odd: Odd): Place | undefined {
  const real = Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && !(lat === 0 && lon === 0)
  if (!real) odd('a position that is none')
  return real ? { lat, lon } : undefined
}
