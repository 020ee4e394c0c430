import type { Audio, AudioFile } from './audio.ts'
import { piece, walk } from './bytes.ts'

/** Kilobits a second of layer III by the four bits of a header (ISO/IEC 11172-3 §2.4.2.3, 13818-3 §2.4.2.3). */
const RATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const RATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const FREQUENCIES = [44_100, 48_000, 32_000]

interface Frame {
  readonly bytes: number
  readonly samples: number
  readonly frequency: number
  /** where a Xing header would stand, in bytes from the frame's beginning */
  readonly side: number
}

/** Whether a file begins as MP3 does: with a tag, or with a frame. */
export function isMp3(head: Buffer): boolean {
  return head.toString('latin1', 0, 3) === 'ID3' || frameOf(head) !== undefined
}

/** Counts the frames of an MP3 file behind its tag, to the first bytes that can be none. */
export async function readMp3(file: AudioFile): Promise<Audio> {
  let durationMs = 0
  let count = 0
  let damage: Audio['damage']
  await walk(file, tagBytes(await piece(file, 0, 10)), 64, (head, left) => {
    const frame = frameOf(head)
    if (frame === undefined) {
      if (!isTagAtEnd(head)) damage = count === 0 ? 'odd_headers' : 'not_frames'
      return undefined
    }
    // A first frame that describes the others holds no sound.
    if (count > 0 || !isDescription(head, frame.side)) durationMs += (frame.samples / frame.frequency) * 1000
    if (frame.bytes > left) {
      damage = 'cut_short'
      return undefined
    }
    count++
    return frame.bytes
  })
  const facts = { container: 'mp3', codec: 'mp3', durationMs } as const
  if (damage !== undefined) return { ...facts, state: 'damaged', damage }
  return { ...facts, state: durationMs === 0 ? 'empty' : 'whole' }
}

/** ID3v2 §3.1: seven bits in each of four bytes. */
function tagBytes(head: Buffer): number {
  if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') return 0
  let size = 0
  for (let n = 6; n < 10; n++) size = size * 128 + ((head[n] ?? 0) & 0x7f)
  const footer = ((head[5] ?? 0) & 0x10) === 0 ? 0 : 10
  return 10 + size + footer
}

function isTagAtEnd(head: Buffer): boolean {
  const text = head.toString('latin1', 0, 8)
  return text.startsWith('TAG') || text === 'APETAGEX' || text.startsWith('LYRICSBE')
}

function isDescription(head: Buffer, side: number): boolean {
  const xing = head.toString('latin1', side, side + 4)
  return xing === 'Xing' || xing === 'Info' || head.toString('latin1', 36, 40) === 'VBRI'
}

function frameOf(head: Buffer): Frame | undefined {
  if (head.length < 4 || head[0] !== 0xff) return undefined
  const [, second = 0, third = 0, fourth = 0] = head
  // 11 bits of sync; version 3 is MPEG-1, 2 MPEG-2, 0 MPEG-2.5; layer 1 is III.
  const version = (second >> 3) & 0b11
  if ((second & 0xe0) !== 0xe0 || version === 1 || ((second >> 1) & 0b11) !== 1) return undefined
  const rate = (version === 3 ? RATES_1 : RATES_2)[third >> 4]
  const base = FREQUENCIES[(third >> 2) & 0b11]
  if (rate === undefined || rate === 0 || base === undefined) return undefined
  const frequency = version === 3 ? base : version === 2 ? base / 2 : base / 4
  const samples = version === 3 ? 1152 : 576
  const mono = fourth >> 6 === 0b11
  const side = 4 + (version === 3 ? (mono ? 17 : 32) : mono ? 9 : 17)
  const padding = (third >> 1) & 1
  return { bytes: Math.floor(((samples / 8) * rate * 1000) / frequency) + padding, samples, frequency, side }
}
