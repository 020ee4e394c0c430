import { ascii, type Bytes, view } from './bytes.ts'
import { readExif } from './exif.ts'
import type { MediaFacts, Odd } from './facts.ts'

/** Segments before the picture itself; cameras write a dozen, panoramas a few hundred. */
const MOST_SEGMENTS = 512

/** Reads a JPEG's EXIF (APP1) and its size (the frame header), segment by segment (ITU-T T.81, Annex B). */
export async function readJpeg(bytes: Bytes, odd: Odd): Promise<MediaFacts> {
  let facts: MediaFacts = {}
  let at = 2
  let known = false
  for (let segment = 0; segment < MOST_SEGMENTS; segment++) {
    const header = await bytes.at(at, 10)
    if (header.length < 10 || header[0] !== 0xff) return facts
    const marker = header[1] as number
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrame(marker)) return { ...facts, height: view(header).getUint16(5), width: view(header).getUint16(7) }
    if (marker === 0xda || marker === 0xd9) return facts
    const length = view(header).getUint16(2)
    if (length < 2) return facts
    if (marker === 0xe1 && !known && ascii(header, 4, 10) === 'Exif\0\0') {
      known = true
      facts = await readExif(await bytes.at(at + 10, Math.max(length - 8, 0)), odd)
    }
    at += 2 + length
  }
  return facts
}

/** SOF0 to SOF15, without the three of that range that are tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}
