import { boxOf, contentOf, listBoxes } from './boxes.ts'
import { ascii, type Bytes, view } from './bytes.ts'
import { MOST_EXIF, readExif } from './exif.ts'
import type { MediaFacts, Odd } from './facts.ts'

/** Items that one picture lists; a phone's, in tiles, has about fifty. */
const MOST_ITEMS = 4096

/** Where an item lies: counted from the file's beginning, or from that of the `idat` box. */
interface Extent {
  readonly inFile: boolean
  readonly offset: number
  readonly length: number
}

/**
 * Reads a HEIC's or AVIF's EXIF item and its size (ISO/IEC 23008-12). The size is the largest that a property states: tiles
 * and thumbnails have their own, and the whole is larger than its parts.
 */
export async function readHeif(bytes: Bytes, odd: Odd): Promise<MediaFacts> {
  const meta = boxOf(await listBoxes(bytes, 0, bytes.size), 'meta')
  if (meta === undefined) return {}
  const boxes = await listBoxes(bytes, meta.start + 4, meta.end)
  const facts: MediaFacts = {}
  const iinf = boxOf(boxes, 'iinf')
  const iloc = boxOf(boxes, 'iloc')
  const item = iinf && exifItem(await contentOf(bytes, iinf))
  const extent = item !== undefined && iloc && extentOf(await contentOf(bytes, iloc), item)
  if (extent) {
    const start = extent.inFile ? extent.offset : (boxOf(boxes, 'idat')?.start ?? Number.NaN) + extent.offset
    // Four bytes say how far into the item the TIFF header lies, past a prefix such as "Exif\0\0".
    const block = await bytes.at(start, Math.min(extent.length, MOST_EXIF + 16))
    const skip = block.length >= 4 ? view(block).getUint32(0) : 0
    if (skip + 4 < block.length) Object.assign(facts, await readExif(block.subarray(4 + skip), odd))
    else odd('EXIF that cannot be read')
  }
  return { ...facts, ...(await largest(bytes, boxes)) }
}

async function largest(bytes: Bytes, boxes: Awaited<ReturnType<typeof listBoxes>>) {
  const properties = boxOf(boxes, 'iprp')
  const container = properties && boxOf(await listBoxes(bytes, properties.start, properties.end), 'ipco')
  let size: Pick<MediaFacts, 'width' | 'height'> = {}
  if (container === undefined) return size
  for (const box of await listBoxes(bytes, container.start, container.end)) {
    if (box.type !== 'ispe') continue
    const content = await bytes.at(box.start, 12)
    if (content.length < 12) continue
    const width = view(content).getUint32(4)
    const height = view(content).getUint32(8)
    if (width * height > (size.width ?? 0) * (size.height ?? 0)) size = { width, height }
  }
  return size
}

/** The number of the first item of type `Exif` in `iinf`. */
function exifItem(iinf: Uint8Array): number | undefined {
  if (iinf.length < 8) return undefined
  const data = view(iinf)
  let at = data.getUint8(0) === 0 ? 6 : 8
  for (let entry = 0; entry < MOST_ITEMS && at + 20 <= iinf.length; entry++) {
    const size = data.getUint32(at)
    const version = data.getUint8(at + 8)
    const wide = version === 3 ? 2 : 0
    if (version >= 2 && at + 20 + wide <= iinf.length && ascii(iinf, at + 16 + wide, at + 20 + wide) === 'Exif') {
      return wide ? data.getUint32(at + 12) : data.getUint16(at + 12)
    }
    if (size < 12) return undefined
    at += size
  }
  return undefined
}

/** The first extent of an item in `iloc`; EXIF is never in several. */
function extentOf(iloc: Uint8Array, item: number): Extent | undefined {
  const cursor = new Cursor(iloc)
  const version = cursor.take(1)
  cursor.take(3)
  const sizes = cursor.take(2)
  const offsetSize = (sizes >> 12) & 15
  const lengthSize = (sizes >> 8) & 15
  const baseSize = (sizes >> 4) & 15
  const indexSize = version > 0 ? sizes & 15 : 0
  const items = cursor.take(version < 2 ? 2 : 4)
  for (let entry = 0; entry < Math.min(items, MOST_ITEMS) && !cursor.ended; entry++) {
    const id = cursor.take(version < 2 ? 2 : 4)
    const method = version > 0 ? cursor.take(2) & 15 : 0
    cursor.take(2)
    const base = cursor.take(baseSize)
    const extents = cursor.take(2)
    for (let extent = 0; extent < extents && !cursor.ended; extent++) {
      cursor.take(indexSize)
      const offset = base + cursor.take(offsetSize)
      const length = cursor.take(lengthSize)
      if (id === item) return cursor.ended || method > 1 ? undefined : { inFile: method === 0, offset, length }
    }
  }
  return undefined
}

/** Takes big-endian numbers of 0 to 8 bytes one after the other; past the end it gives zeros and says so. */
class Cursor {
  readonly #bytes: Uint8Array
  #at = 0
  ended = false

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  take(length: number): number {
    if (length > 8 || this.#at + length > this.#bytes.length) {
      this.ended = true
      return 0
    }
    let value = 0
    for (const end = this.#at + length; this.#at < end; this.#at++)
      value = value * 256 + (this.#bytes[this.#at] as number)
    return value
  }
}
