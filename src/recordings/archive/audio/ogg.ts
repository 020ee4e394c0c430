import type { Audio, AudioFile } from './audio.ts'
import { piece } from './bytes.ts'

const MAGIC = 'OggS'
const HEADER = 27
/** The largest page there can be: 255 pieces of 255 bytes (RFC 3533 §6). */
const LARGEST_PAGE = HEADER + 255 + 255 * 255
const LAST = 0b100
/** Opus counts in these, whatever it sounds like (RFC 7845 §4). */
const OPUS_RATE = 48_000
const NO_POSITION = 0xffff_ffff_ffff_ffffn

/** Whether a file begins as Ogg does. */
export function isOgg(head: Buffer): boolean {
  return head.toString('latin1', 0, 4) === MAGIC
}

/**
 * Reads the length of an Ogg file: the position of its last whole page, less what Opus says to skip. Without a page that says
 * it is the last, the recorder never came to its end.
 */
export async function readOgg(file: AudioFile): Promise<Audio> {
  const first = await piece(file, 0, LARGEST_PAGE)
  const stream = streamOf(first)
  if (stream === undefined) return { container: 'ogg', state: 'damaged', damage: 'odd_headers' }
  const { codec, rate, skip, serial } = stream
  const tail = await piece(file, Math.max(0, file.size - 2 * LARGEST_PAGE), 2 * LARGEST_PAGE)
  const last = lastPage(tail, serial)
  if (last === undefined) return { container: 'ogg', codec, state: 'damaged', damage: 'cut_short' }
  const durationMs = (Math.max(0, last.position - skip) / rate) * 1000
  const facts = { container: 'ogg', codec, durationMs } as const
  if (!last.ends) return { ...facts, state: 'damaged', damage: 'never_closed' }
  return { ...facts, state: durationMs === 0 ? 'empty' : 'whole' }
}

interface Stream {
  readonly codec: string
  /** positions in a second */
  readonly rate: number
  /** positions that are not heard */
  readonly skip: number
  readonly serial: number
}

function streamOf(page: Buffer): Stream | undefined {
  if (page.length < HEADER + 1) return undefined
  const serial = page.readUInt32LE(14)
  const body = page.subarray(HEADER + page.readUInt8(26))
  const head = body.toString('latin1', 0, 8)
  if (head === 'OpusHead' && body.length >= 12)
    return { codec: 'opus', rate: OPUS_RATE, skip: body.readUInt16LE(10), serial }
  if (head.startsWith('\u0001vorbis') && body.length >= 16) {
    const rate = body.readUInt32LE(12)
    return rate === 0 ? undefined : { codec: 'vorbis', rate, skip: 0, serial }
  }
  // 0x7f FLAC, two of version, two of count, fLaC, a block's head, then STREAMINFO with 20 bits of rate.
  if (head.startsWith('\u007fFLAC') && body.length >= 30) {
    const rate = body.readUIntBE(27, 3) >>> 4
    return rate === 0 ? undefined : { codec: 'flac', rate, skip: 0, serial }
  }
  return undefined
}

/** The last page of a stream that is there whole and says a position. */
function lastPage(tail: Buffer, serial: number): { position: number; ends: boolean } | undefined {
  for (let at = tail.lastIndexOf(MAGIC, tail.length, 'latin1'); at >= 0; at = before(tail, at)) {
    if (at + HEADER > tail.length || tail[at + 4] !== 0) continue
    const pieces = tail.readUInt8(at + 26)
    if (at + HEADER + pieces > tail.length) continue
    let end = at + HEADER + pieces
    for (let n = 0; n < pieces; n++) end += tail[at + HEADER + n] ?? 0
    if (end > tail.length || tail.readUInt32LE(at + 14) !== serial) continue
    const position = tail.readBigUInt64LE(at + 6)
    if (position === NO_POSITION) continue
    return { position: Number(position), ends: ((tail[at + 5] ?? 0) & LAST) !== 0 }
  }
  return undefined
}

function before(tail: Buffer, at: number): number {
  return at === 0 ? -1 : tail.lastIndexOf(MAGIC, at - 1, 'latin1')
}
