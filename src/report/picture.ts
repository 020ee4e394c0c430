import type { PeelRecord } from '../records/index.ts'
import type { ContainerReader } from '../vault/index.ts'
import type { Picture } from './document.ts'

/** Larger pictures are named with their digest and not shown. */
export const PICTURE_BYTES_AT_MOST = 1_000_000
/** All pictures of one report together. */
export const ALL_PICTURE_BYTES_AT_MOST = 20_000_000
/** A small file can unpack to a picture that no viewer survives. */
const PIXELS_AT_MOST = 50_000_000

/** Reads the taken pictures of the records shown, in their order, as long as they are small enough. Throws VaultError. */
export async function readPictures(
  reader: ContainerReader,
  records: Iterable<PeelRecord>,
): Promise<Map<string, Picture>> {
  const sizes = new Map(reader.payloads().map(({ sha256, bytes }) => [Buffer.from(sha256).toString('hex'), bytes]))
  const pictures = new Map<string, Picture>()
  let room = ALL_PICTURE_BYTES_AT_MOST
  const tried = new Set<string>()
  for (const { attachments } of records)
    for (const { sha256, taken } of attachments) {
      if (!taken || sha256 === undefined || tried.has(sha256)) continue
      const size = sizes.get(sha256)
      if (size === undefined || size > PICTURE_BYTES_AT_MOST || size > room) continue
      tried.add(sha256)
      const chunks: Buffer[] = []
      for await (const chunk of reader.payload(sha256)) chunks.push(chunk)
      const picture = pictureOf(Buffer.concat(chunks))
      if (picture === undefined) continue
      room -= size
      pictures.set(sha256, picture)
    }
  return pictures
}

/** Tells by its bytes, never by its name, whether something is a picture that can be shown, and of a size that may be. */
export function pictureOf(bytes: Buffer): Picture | undefined {
  const found = png(bytes) ?? jpeg(bytes) ?? gif(bytes) ?? webp(bytes)
  if (found === undefined || found.width === 0 || found.height === 0) return undefined
  return found.width * found.height > PIXELS_AT_MOST ? undefined : { media_type: found.media_type, bytes }
}

interface Size {
  readonly media_type: Picture['media_type']
  readonly width: number
  readonly height: number
}

// PNG, third edition, 5.2 and 11.2.1: the header comes first.
function png(bytes: Buffer): Size | undefined {
  if (bytes.length < 33 || bytes.toString('latin1', 0, 16) !== '\x89PNG\r\n\x1a\n\0\0\0\rIHDR') return undefined
  return { media_type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

// ITU-T T.81, B.1.1.2 and B.2.2: segments up to the first frame header.
function jpeg(bytes: Buffer): Size | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined
  let at = 2
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return { media_type: 'image/jpeg', height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    at += 2 + Math.max(2, bytes.readUInt16BE(at + 2))
  }
  return undefined
}

function gif(bytes: Buffer): Size | undefined {
  if (bytes.length < 10 || !/^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6))) return undefined
  return { media_type: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
}

// RFC 9649: the first chunk says the size, in one of three ways.
function webp(bytes: Buffer): Size | undefined {
  if (bytes.length < 30 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP')
    return undefined
  const media_type = 'image/webp'
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { media_type, width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
    case 'VP8 ':
      return { media_type, width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return { media_type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    default:
      return undefined
  }
}
