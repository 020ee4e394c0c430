import { createHmac } from 'node:crypto'

/** One in so many … */
const ONE_IN = 200
/** … and at least so many, or all there are: none wrong in 300 means less than 1 % wrong, at 95 %. */
const AT_LEAST = 300

/** How many of so many are looked at again. */
export function sampleSize(of: number): number {
  return Math.min(of, Math.max(AT_LEAST, Math.ceil(of / ONE_IN)))
}

/**
 * Draws some of the ids for a second look: those with the least HMAC-SHA-256 under the seed, in that order. Whoever has the seed
 * draws the same again; the order of the ids changes nothing.
 */
export function drawSample(ids: Iterable<string>, seed: string, size?: number): string[] {
  const drawn = [...new Set(ids)].map((id) => ({ id, mark: createHmac('sha256', seed).update(id).digest('hex') }))
  drawn.sort((a, b) => (a.mark < b.mark ? -1 : 1))
  return drawn.slice(0, size ?? sampleSize(drawn.length)).map(({ id }) => id)
}
