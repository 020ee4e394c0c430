import { ascii, type Bytes, view } from './bytes.ts'
import { MOST_EXIF, readExif } from './exif.ts'
import type { MediaFacts, Odd } from './facts.ts'

const MOST_CHUNKS = 1024

/** Reads a PNG's size (IHDR) and EXIF (eXIf), chunk by chunk (PNG 3rd edition, 5.3). */
export async function readPng(bytes: Bytes, odd: Odd): Promise<MediaFacts> {
  const first = await bytes.at(8, 16)
  if (first.length < 16 || ascii(first, 4, 8) !== 'IHDR') return {}
  const size = { width: view(first).getUint32(8), height: view(first).getUint32(12) }
  let at = 8
  for (let chunk = 0; chunk < MOST_CHUNKS; chunk++) {
    const header = await bytes.at(at, 8)
    if (header.length < 8) break
    const length = view(header).getUint32(0)
    const type = ascii(header, 4, 8)
    if (type === 'IEND') break
    if (type === 'eXIf') {
      const facts = await readExif(await bytes.at(at + 8, Math.min(length, MOST_EXIF)), odd)
      return { ...facts, ...size }
    }
    at += length + 12
  }
  return size
}

/** Reads a GIF's size; GIF has no EXIF. */
export async function readGif(bytes: Bytes): Promise<MediaFacts> {
  const head = await bytes.at(0, 10)
  return head.length < 10 ? {} : { width: view(head).getUint16(6, true), height: view(head).getUint16(8, true) }
}

/** Reads a WebP's size and EXIF, chunk by chunk (RFC 9649). */
export async function readWebp(bytes: Bytes, odd: Odd): Promise<MediaFacts> {
  let facts: MediaFacts = {}
  let size: Pick<MediaFacts, 'width' | 'height'> = {}
  let at = 12
  for (let chunk = 0; chunk < MOST_CHUNKS; chunk++) {
    const header = await bytes.at(at, 18)
    if (header.length < 8) break
    const type = ascii(header, 0, 4)
    const length = view(header).getUint32(4, true)
    if (size.width === undefined) size = webpSize(type, header)
    if (type === 'EXIF') {
      const block = await bytes.at(at + 8, Math.min(length, MOST_EXIF))
      // Some writers put a JPEG's prefix before the TIFF header.
      facts = await readExif(ascii(block, 0, 6) === 'Exif\0\0' ? block.subarray(6) : block, odd)
      break
    }
    at += 8 + length + (length & 1)
  }
  return { ...facts, ...size }
}

function webpSize(type: string, header: Uint8Array): Pick<MediaFacts, 'width' | 'height'> {
  if (header.length < 18) return {}
  const data = view(header)
  if (type === 'VP8X') {
    const width = data.getUint16(12, true) + (data.getUint8(14) << 16) + 1
    return { width, height: data.getUint16(15, true) + (data.getUint8(17) << 16) + 1 }
  }
  if (type === 'VP8 ') {
    return { width: data.getUint16(14, true) & 0x3fff, height: data.getUint16(16, true) & 0x3fff }
  }
  if (type === 'VP8L') {
    const bits = data.getUint32(9, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  return {}
}

/** Reads a DNG's tags. Its size is left unsaid: a raw picture holds several, and its previews come first. */
export async function readTiff(bytes: Bytes, odd: Odd): Promise<MediaFacts> {
  return readExif(await bytes.at(0, MOST_EXIF), odd)
}
