import type { Audio, AudioFile } from './audio.ts'
import { piece } from './bytes.ts'

/** Where the last frame is looked for, in bytes from the end: more than the largest frame of speech. */
const TAIL = 256 << 10

/** Whether a file begins as FLAC does (RFC 9639 §8). */
export function isFlac(head: Buffer): boolean {
  return head.toString('latin1', 0, 4) === 'fLaC'
}

/**
 * Reads the length of a FLAC file from STREAMINFO (RFC 9639 §8.2), and from its last frame whether it is all there, or how
 * long it is where the recorder never wrote the length.
 */
export async function readFlac(file: AudioFile): Promise<Audio> {
  const head = await piece(file, 0, 4 + 4 + 34)
  if (head.length < 42 || (head.readUInt8(4) & 0x7f) !== 0)
    return { container: 'flac', codec: 'flac', state: 'damaged', damage: 'odd_headers' }
  const rate = head.readUIntBE(18, 3) >>> 4
  if (rate === 0) return { container: 'flac', codec: 'flac', state: 'damaged', damage: 'odd_headers' }
  const total = Number(head.readBigUInt64BE(18) & 0xf_ffff_ffffn)
  const block = head.readUInt16BE(10)
  const tail = await piece(file, Math.max(42, file.size - TAIL), TAIL)
  const reached = lastSample(tail, block)
  const length = (samples: number) =>
    ({ container: 'flac', codec: 'flac', durationMs: (samples / rate) * 1000 }) as const
  if (total === 0 && reached === undefined) return { ...length(0), state: 'empty' }
  if (total === 0) return { ...length(reached ?? 0), state: 'damaged', damage: 'never_closed' }
  if (reached === undefined) return { container: 'flac', codec: 'flac', state: 'damaged', damage: 'not_frames' }
  // The last frame that begins may be cut itself, which only decoding would show; the sound before it is there.
  if (reached < total) return { ...length(reached), state: 'damaged', damage: 'cut_short' }
  return { ...length(total), state: 'whole' }
}

/** The sample behind the last frame that begins here; undefined where none does. */
function lastSample(tail: Buffer, block: number): number | undefined {
  for (let at = tail.lastIndexOf(0xff); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(0xff, at - 1)) {
    const frame = frameAt(tail, at, block)
    if (frame !== undefined) return frame.first + frame.samples
  }
  return undefined
}

/** A frame's header (RFC 9639 §9.1), if there is one: 15 bits of sync, then what its own check digit confirms. */
function frameAt(bytes: Buffer, at: number, block: number): { first: number; samples: number } | undefined {
  const second = bytes[at + 1]
  if (second !== 0xf8 && second !== 0xf9) return undefined
  const third = bytes[at + 2] ?? 0
  const sizes = third >> 4
  const rates = third & 0b1111
  if (sizes === 0 || rates === 0b1111 || ((bytes[at + 3] ?? 1) & 1) !== 0) return undefined
  const number = codedNumber(bytes, at + 4)
  if (number === undefined) return undefined
  let next = at + 4 + number.bytes
  const end = next + (sizes === 6 ? 1 : sizes === 7 ? 2 : 0) + (rates === 12 ? 1 : rates === 13 || rates === 14 ? 2 : 0)
  if (end >= bytes.length || crc8(bytes.subarray(at, end)) !== bytes[end]) return undefined
  let samples = sizes === 1 ? 192 : sizes <= 5 ? 144 << sizes : 1 << sizes
  if (sizes === 6) samples = (bytes[next++] ?? 0) + 1
  if (sizes === 7) samples = bytes.readUInt16BE(next) + 1
  return { first: second === 0xf9 ? number.value : number.value * block, samples }
}

/** A number in the manner of UTF-8, of up to 36 bits (RFC 9639 §9.1.5). */
function codedNumber(bytes: Buffer, at: number): { value: number; bytes: number } | undefined {
  const first = bytes[at]
  if (first === undefined || first === 0xff || (first & 0xc0) === 0x80) return undefined
  const ones = Math.clz32(~(first << 24))
  const more = ones === 0 ? 0 : ones - 1
  let value = ones === 0 ? first : first & (0x7f >> ones)
  for (let n = 1; n <= more; n++) {
    const byte = bytes[at + n]
    if (byte === undefined || (byte & 0xc0) !== 0x80) return undefined
    value = value * 64 + (byte & 0x3f)
  }
  return { value, bytes: more + 1 }
}

/** RFC 9639 §9.1.8: polynomial x^8 + x^2 + x + 1. */
function crc8(bytes: Buffer): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x80) === 0 ? (crc << 1) & 0xff : ((crc << 1) ^ 0x07) & 0xff
  }
  return crc
}
