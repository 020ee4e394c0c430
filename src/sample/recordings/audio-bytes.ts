import { boxed, number32 } from './mp4-boxes.ts'
import type { Random } from '../random.ts'

/** A recording as a file: silence in real frames, with something of its own in it, so that no two are alike. */
export interface SoundFile {
  readonly bytes: Buffer
  /** milliseconds, as the file holds them: whole frames */
  readonly durationMs: number
}

/** What recorders write, by the extension. */
export type SoundKind = 'amr' | 'awb' | '3gp' | 'm4a' | 'ogg' | 'wav' | 'flac' | 'mp3'

export const SOUND_KINDS: readonly SoundKind[] = ['amr', 'awb', '3gp', 'm4a', 'ogg', 'wav', 'flac', 'mp3']

/** A file of about `durationMs` milliseconds. */
export function soundFile(kind: SoundKind, durationMs: number, random: Random): SoundFile {
  return MAKERS[kind](Math.max(0, durationMs), random)
}

type Maker = (durationMs: number, random: Random) => SoundFile

const MAKERS: Readonly<Record<SoundKind, Maker>> = {
  amr: (durationMs, random) => amr('#!AMR\n', [12, 13, 15, 17, 19, 20, 26, 31, 5], durationMs, random),
  awb: (durationMs, random) => amr('#!AMR-WB\n', [17, 23, 32, 36, 40, 46, 50, 58, 60, 5], durationMs, random),
  '3gp': (durationMs, random) => {
    const frames = Math.round(durationMs / 20)
    const sound = Buffer.alloc(frames * 32)
    for (let n = 0; n < frames; n++) sound[n * 32] = (7 << 3) | 4
    return mp4('3gp4', 'samr', 8000, 160, sound, 32, frames, random)
  },
  m4a: (durationMs, random) => {
    // A frame of AAC-LC, one channel, that decodes to silence.
    const frame = Buffer.from([0x00, 0xc8, 0x00, 0x80, 0x23, 0x80])
    const frames = Math.round(durationMs / 64)
    return mp4('M4A ', 'mp4a', 16_000, 1024, Buffer.concat(Array<Buffer>(frames).fill(frame)), 6, frames, random)
  },
  ogg: opus,
  wav: (durationMs, random) => {
    const samples = Math.round(durationMs * 8)
    const sound = Buffer.alloc(samples * 2)
    for (let at = 0; at < Math.min(64, sound.length); at++) sound[at] = random.below(4)
    const head = Buffer.alloc(44)
    head.write('RIFF', 0, 'latin1')
    head.writeUInt32LE(36 + sound.length, 4)
    head.write('WAVEfmt ', 8, 'latin1')
    head.writeUInt32LE(16, 16)
    head.writeUInt16LE(1, 20)
    head.writeUInt16LE(1, 22)
    head.writeUInt32LE(8000, 24)
    head.writeUInt32LE(16_000, 28)
    head.writeUInt16LE(2, 32)
    head.writeUInt16LE(16, 34)
    head.write('data', 36, 'latin1')
    head.writeUInt32LE(sound.length, 40)
    return { bytes: Buffer.concat([head, sound]), durationMs: samples / 8 }
  },
  flac,
  mp3: (durationMs, random) => {
    // MPEG-2 layer III, 32 kbit/s, 16 kHz, one channel: 36 ms and 144 bytes a frame, all of them silent.
    const frames = Math.round(durationMs / 36)
    const tag = Buffer.alloc(10 + 40)
    tag.write('ID3', 0, 'latin1')
    tag[3] = 4
    tag[9] = 40
    const text = identifier(random)
    tag.write('TXXX', 10, 'latin1')
    tag[17] = 30
    tag.write(text.slice(0, 29), 21, 'latin1')
    const frame = Buffer.alloc(144)
    Buffer.from([0xff, 0xf3, 0x48, 0xc4]).copy(frame)
    return { bytes: Buffer.concat([tag, ...Array<Buffer>(frames).fill(frame)]), durationMs: frames * 36 }
  },
}

/** 32 hexadecimal digits that no other file has. */
function identifier(random: Random): string {
  let text = ''
  while (text.length < 32) text += random.below(16).toString(16)
  return text
}

/** Frames of 20 ms with bits of any value, now and then of another rate, as phones write speech and pauses. */
function amr(magic: string, sizes: readonly number[], durationMs: number, random: Random): SoundFile {
  const frames = Math.round(durationMs / 20)
  const parts: Buffer[] = [Buffer.from(magic, 'latin1')]
  for (let n = 0; n < frames; n++) {
    const type = random.chance(0.1) ? random.below(sizes.length) : random.chance(0.1) ? 15 : 0
    const frame = Buffer.alloc(1 + (sizes[type] ?? 0))
    frame[0] = (type << 3) | 4
    // Enough to tell files apart; the bits of a frame mean nothing to who counts frames.
    for (let at = 1; at < Math.min(frame.length, 5); at++) frame[at] = random.below(256)
    parts.push(frame)
  }
  return { bytes: Buffer.concat(parts), durationMs: frames * 20 }
}

function mp4(
  brand: string,
  format: 'samr' | 'mp4a',
  rate: number,
  each: number,
  sound: Buffer,
  size: number,
  frames: number,
  random: Random,
): SoundFile {
  const duration = frames * each
  const type = boxed('ftyp', Buffer.from(`${brand}\0\0\0\0${brand}isom`, 'latin1'))
  const own = boxed('free', Buffer.from(identifier(random), 'latin1'))
  const place = type.length + own.length + 8
  const table = boxed(
    'stbl',
    boxed('stsd', number32(0, 1), description(format, rate)),
    boxed('stts', number32(0, 1, frames, each)),
    boxed('stsc', number32(0, 1, 1, Math.max(1, frames), 1)),
    boxed('stsz', number32(0, size, frames)),
    boxed('stco', number32(0, 1, place)),
  )
  const matrix = number32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
  const index = boxed(
    'moov',
    boxed('mvhd', number32(0, 0, 0, rate, duration, 0x10000, 0x1000000, 0, 0), matrix, number32(0, 0, 0, 0, 0, 0, 2)),
    boxed(
      'trak',
      boxed('tkhd', number32(7, 0, 0, 1, 0, duration, 0, 0, 0, 0x1000000), matrix, number32(0, 0)),
      boxed(
        'mdia',
        boxed('mdhd', number32(0, 0, 0, rate, duration, 0x55c40000)),
        boxed(
          'hdlr',
          number32(0, 0),
          Buffer.from('soun', 'latin1'),
          number32(0, 0, 0),
          Buffer.from('sound\0', 'latin1'),
        ),
        boxed(
          'minf',
          boxed('smhd', number32(0, 0)),
          boxed('dinf', boxed('dref', number32(0, 1), boxed('url ', number32(1)))),
          table,
        ),
      ),
    ),
  )
  return { bytes: Buffer.concat([type, own, boxed('mdat', sound), index]), durationMs: (duration / rate) * 1000 }
}

function description(format: 'samr' | 'mp4a', rate: number): Buffer {
  const entry = Buffer.alloc(28)
  entry.writeUInt16BE(1, 6)
  entry.writeUInt16BE(1, 16)
  entry.writeUInt16BE(16, 18)
  entry.writeUInt32BE(rate * 0x10000, 24)
  if (format === 'samr') return boxed('samr', entry, boxed('damr', Buffer.from('peel\0\u0081\u00ff\0\u0001', 'latin1')))
  // AAC-LC (2), the rate by its index (8: 16 kHz), one channel.
  const specific = Buffer.from([(2 << 3) | (8 >> 1), ((8 & 1) << 7) | (1 << 3)])
  const decoder = Buffer.concat([
    Buffer.from([0x40, 0x15, 0, 0, 0]),
    number32(8000, 8000),
    Buffer.from([5, 2]),
    specific,
  ])
  const stream = Buffer.concat([Buffer.from([0, 1, 0, 4, decoder.length]), decoder, Buffer.from([6, 1, 2])])
  return boxed('mp4a', entry, boxed('esds', number32(0), Buffer.from([3, stream.length]), stream))
}

/** Opus in Ogg: pages of fifty frames of 20 ms, each three bytes of silence. */
function opus(durationMs: number, random: Random): SoundFile {
  const frames = Math.round(durationMs / 20)
  const serial = random.below(2 ** 31)
  const skip = 312
  const head = Buffer.alloc(19)
  head.write('OpusHead', 0, 'latin1')
  head[8] = 1
  head[9] = 1
  head.writeUInt16LE(skip, 10)
  head.writeUInt32LE(16_000, 12)
  const tags = Buffer.alloc(8 + 4 + 32 + 4)
  tags.write('OpusTags', 0, 'latin1')
  tags.writeUInt32LE(32, 8)
  tags.write(identifier(random), 12, 'latin1')
  const pages = [oggPage(serial, 0, 2, 0, [head]), oggPage(serial, 1, 0, 0, [tags])]
  const silence = Buffer.from([0xf8, 0xff, 0xfe])
  for (let at = 0; at < Math.max(1, frames); at += 50) {
    const here = Math.min(50, frames - at)
    const ends = at + 50 >= frames
    const position = Math.min((at + here) * 960, frames * 960)
    pages.push(oggPage(serial, pages.length, ends ? 4 : 0, position, Array<Buffer>(here).fill(silence)))
  }
  return { bytes: Buffer.concat(pages), durationMs: Math.max(0, (frames * 960 - skip) / 48) }
}

function oggPage(
  serial: number,
  sequence: number,
  flags: number,
  position: number,
  packets: readonly Buffer[],
): Buffer {
  const head = Buffer.alloc(27 + packets.length)
  head.write('OggS', 0, 'latin1')
  head[5] = flags
  head.writeBigUInt64LE(BigInt(position), 6)
  head.writeUInt32LE(serial, 14)
  head.writeUInt32LE(sequence, 18)
  head[26] = packets.length
  for (const [n, packet] of packets.entries()) head[27 + n] = packet.length
  const page = Buffer.concat([head, ...packets])
  page.writeUInt32LE(oggCheck(page), 22)
  return page
}

/** CRC-32 of Ogg: 0x04c11db7, not reflected, from 0. */
function oggCheck(bytes: Buffer): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 24
    for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  }
  return crc >>> 0
}

const FLAC_BLOCK = 4096

/** FLAC at 8 kHz, 16 bits, one channel: every block says one value for all of its samples. */
function flac(durationMs: number, random: Random): SoundFile {
  const samples = Math.round(durationMs * 8)
  const information = Buffer.alloc(34)
  information.writeUInt16BE(FLAC_BLOCK, 0)
  information.writeUInt16BE(FLAC_BLOCK, 2)
  information.writeBigUInt64BE((8000n << 44n) | (15n << 36n) | BigInt(samples), 10)
  const comment = Buffer.alloc(4 + 32 + 4)
  comment.writeUInt32LE(32, 0)
  comment.write(identifier(random), 4, 'latin1')
  const parts = [Buffer.from('fLaC', 'latin1'), block(0, information), block(0x84, comment)]
  for (let n = 0; n * FLAC_BLOCK < samples; n++)
    parts.push(flacFrame(n, Math.min(FLAC_BLOCK, samples - n * FLAC_BLOCK)))
  return { bytes: Buffer.concat(parts), durationMs: samples / 8 }
}

function block(type: number, contents: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(contents.length)
  head[0] = type
  return Buffer.concat([head, contents])
}

function flacFrame(number: number, samples: number): Buffer {
  const coded = Buffer.from(String.fromCodePoint(number < 0xd800 ? number : number + 0x800), 'utf8')
  // 16 bits of size behind the header (0111), 8 kHz (0100); one channel, 16 bits (100).
  const head = Buffer.concat([
    Buffer.from([0xff, 0xf8, 0x74, 0x08]),
    coded,
    Buffer.from([(samples - 1) >> 8, (samples - 1) & 0xff]),
  ])
  const checked = Buffer.concat([head, Buffer.from([crc(head, 8, 0x07)]), Buffer.from([0, 0, 0])])
  const foot = crc(checked, 16, 0x8005)
  return Buffer.concat([checked, Buffer.from([foot >> 8, foot & 0xff])])
}

function crc(bytes: Buffer, width: 8 | 16, polynomial: number): number {
  const [top, all] = [1 << (width - 1), (1 << width) - 1]
  let value = 0
  for (const byte of bytes) {
    value ^= byte << (width - 8)
    for (let bit = 0; bit < 8; bit++)
      value = (value & top) === 0 ? (value << 1) & all : ((value << 1) ^ polynomial) & all
  }
  return value
}
