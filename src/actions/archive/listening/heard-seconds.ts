/** A stretch of a recording: in bytes, `to` not included, and in the seconds that they are of. */
export interface Stretch {
  readonly fromByte: number
  readonly toByte: number
  readonly fromS: number
  readonly toS: number
  /** `exact` to the second where every second has as many bytes; `about` where it follows from the length of the whole; `unknown` where that is not known */
  readonly seconds: 'exact' | 'about' | 'unknown'
}

/**
 * Which seconds some bytes of a recording are of, by its length: from the second in which they begin to the end of that in which they end, so that no
 * more is heard than is said. Only of WAV is that exact; of the others, whose seconds have more bytes or fewer, it is about so, and the bytes are what counts.
 */
export function stretchOf(
  {
    bytes,
    durationMs,
    container,
  }: { readonly bytes: number; readonly durationMs: number | null; readonly container: string | null },
  fromByte: number,
  toByte: number,
): Stretch {
  if (durationMs === null || bytes === 0) return { fromByte, toByte, fromS: 0, toS: 0, seconds: 'unknown' }
  const perByte = durationMs / 1000 / bytes
  return {
    fromByte,
    toByte,
    fromS: Math.floor(fromByte * perByte),
    toS: Math.max(1, Math.ceil(toByte * perByte)),
    seconds: container === 'wav' ? 'exact' : 'about',
  }
}
