import type { Audio, AudioFile } from './audio.ts'
import { boxesIn, contents, topBoxes } from './boxes.ts'
import { piece } from './bytes.ts'

/** The largest index that is read, in bytes: an hour of speech has some 200 KB. */
const LARGEST_INDEX = 32 << 20

const CODECS: Readonly<Record<string, string>> = { samr: 'amr-nb', sawb: 'amr-wb', mp4a: 'aac', Opus: 'opus' }

/** Whether a file begins as MP4, M4A and 3GP files do. */
export function isIsoMedia(head: Buffer): boolean {
  return head.length >= 8 && ['ftyp', 'moov', 'mdat', 'free', 'wide'].includes(head.toString('latin1', 4, 8))
}

/**
 * Reads the index of an MP4, M4A or 3GP file (ISO/IEC 14496-12 §8): the track of sound, its codec and its length. A recorder
 * that crashed leaves the sound without an index: that is damaged, and its bytes are kept.
 */
export async function readIsoMedia(file: AudioFile): Promise<Audio> {
  const boxes = await topBoxes(file)
  const brand = boxes[0]?.type === 'ftyp' ? (await piece(file, boxes[0].start, 4)).toString('latin1') : ''
  const container = brand.startsWith('3g') ? '3gp' : 'm4a'
  const index = boxes.find(({ type }) => type === 'moov')
  const sound = boxes.filter(({ type }) => type === 'mdat')
  const bytes = sound.reduce((sum, { start, end }) => sum + end - start, 0)
  if (index === undefined) return { container, state: 'damaged', damage: 'no_index' }
  if (index.end - index.start > LARGEST_INDEX) return { container, state: 'damaged', damage: 'odd_headers' }
  const track = soundTrack(await piece(file, index.start, index.end - index.start))
  if (track === undefined) return { container, state: 'damaged', damage: 'odd_headers' }
  const facts = {
    container,
    codec: track.codec,
    ...(track.durationMs !== undefined && { durationMs: track.durationMs }),
  } as const
  if (index.cut || sound.some(({ cut }) => cut) || track.lastByte > file.size)
    return { ...facts, state: 'damaged', damage: 'cut_short' }
  if (boxes.some(({ type }) => type === 'moof')) return { ...facts, state: 'whole' }
  return { ...facts, state: bytes === 0 || track.samples === 0 ? 'empty' : 'whole' }
}

interface SoundTrack {
  readonly codec: string
  readonly durationMs?: number
  readonly samples: number
  /** behind the beginning of the last piece of sound */
  readonly lastByte: number
}

function soundTrack(index: Buffer): SoundTrack | undefined {
  for (const { type, start, end } of boxesIn(index)) {
    if (type !== 'trak') continue
    const media = contents(index.subarray(start, end), 'mdia')
    const handler = media && contents(media, 'hdlr')
    if (media === undefined || handler === undefined || handler.toString('latin1', 8, 12) !== 'soun') continue
    const information = contents(media, 'minf')
    const table = information && contents(information, 'stbl')
    const description = table && contents(table, 'stsd')
    if (table === undefined || description === undefined) return undefined
    const format = boxesIn(description, 8)[0]?.type
    if (format === undefined) return undefined
    return {
      codec: CODECS[format] ?? format.trim().toLowerCase(),
      durationMs: lengthOf(contents(media, 'mdhd')),
      samples: samplesOf(table),
      lastByte: lastChunk(table),
    }
  }
  return undefined
}

/** Milliseconds of a media header (§8.4.2); undefined where it does not say. */
function lengthOf(header: Buffer | undefined): number | undefined {
  const long = header?.[0] === 1
  if (header === undefined || header.length < (long ? 32 : 20)) return undefined
  const scale = header.readUInt32BE(long ? 20 : 12)
  const duration = long ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16)
  if (scale === 0 || duration >= (long ? 2 ** 63 : 0xffffffff)) return undefined
  return (duration / scale) * 1000
}

function samplesOf(table: Buffer): number {
  const sizes = contents(table, 'stsz')
  if (sizes !== undefined && sizes.length >= 12) return sizes.readUInt32BE(8)
  const small = contents(table, 'stz2')
  return small !== undefined && small.length >= 12 ? small.readUInt32BE(8) : 0
}

function lastChunk(table: Buffer): number {
  const short = contents(table, 'stco')
  const long = contents(table, 'co64')
  const offsets = short ?? long
  if (offsets === undefined || offsets.length < 8) return 0
  const width = short === undefined ? 8 : 4
  const count = Math.min(offsets.readUInt32BE(4), Math.floor((offsets.length - 8) / width))
  if (count === 0) return 0
  const at = 8 + (count - 1) * width
  return 1 + (short === undefined ? Number(offsets.readBigUInt64BE(at)) : offsets.readUInt32BE(at))
}
