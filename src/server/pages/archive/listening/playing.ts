/** What a browser plays, and as what; of 3GP and AMR none does. */
const TYPES: Readonly<Record<string, string>> = {
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  flac: 'audio/flac',
  mp3: 'audio/mpeg',
}
const IN_M4A: ReadonlySet<string> = new Set(['aac', 'mp4a', 'flac', 'alac', 'opus'])

/** As what a browser plays a recording; undefined where none does, or where nobody knows what it is. */
export function playedAs(container: string | null, codec: string | undefined): string | undefined {
  if (container === null) return undefined
  if (container === 'm4a') return codec !== undefined && IN_M4A.has(codec) ? 'audio/mp4' : undefined
  return Object.hasOwn(TYPES, container) ? TYPES[container] : undefined
}

const ENDINGS: Readonly<Record<string, string>> = { amr: 'amr', 'amr-wb': 'awb' }

/** Under which name a recording is saved: it tells nothing of it. */
export function savedAs(container: string | null): string {
  return `recording.${container === null ? 'bin' : (ENDINGS[container] ?? container)}`
}

/** So many seconds are sent at once, at most: what is logged as sent is then not much more than what was heard. */
const SECONDS_AT_ONCE = 20
const FEWEST_BYTES = 1 << 16

/** Which part of a sound is asked for: all of it, a part, or one that there is not. */
export type Asked = { readonly whole: true } | { readonly from: number; readonly to: number } | { readonly not: true }

/**
 * Reads a Range header (RFC 9110 section 14.2) for a sound. One range is answered, and of that no more than some seconds, which section 15.3.7 leaves to us:
 * a player asks for the next part when it comes there. Anything else is answered whole, as where nothing is asked.
 */
export function rangeOf(header: string | undefined, bytes: number, durationMs: number | null): Asked {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  const [, first = '', last = ''] = found ?? []
  if (found === null || (first === '' && last === '')) return { whole: true }
  if (first === '') {
    const count = Math.min(Number(last), bytes)
    return count === 0 ? { not: true } : capped(bytes - count, bytes, bytes, durationMs)
  }
  const from = Number(first)
  const to = last === '' ? bytes : Math.min(Number(last) + 1, bytes)
  if (from >= bytes) return { not: true }
  return to <= from ? { whole: true } : capped(from, to, bytes, durationMs)
}

function capped(from: number, to: number, bytes: number, durationMs: number | null): Asked {
  const perSecond = durationMs === null || durationMs <= 0 ? 0 : bytes / (durationMs / 1000)
  return { from, to: Math.min(to, from + Math.max(FEWEST_BYTES, Math.ceil(perSecond * SECONDS_AT_ONCE))) }
}
