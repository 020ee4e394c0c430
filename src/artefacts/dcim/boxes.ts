import { ascii, type Bytes, view } from './bytes.ts'

/** Boxes that are looked at in one container; films have a few dozen. */
const MOST_BOXES = 1024

/** One box of an ISO base media file: what it is and where its content lies. */
export interface Box {
  readonly type: string
  readonly start: number
  readonly end: number
}

/**
 * Lists the boxes that lie in a stretch of a file (ISO/IEC 14496-12, 4.2): 32-bit sizes, 64-bit sizes, and size 0 for "to the
 * end". Stops at the first that cannot be (shorter than its header, or longer than what holds it) and after 1,024; what was
 * listed until then stands. A box that is cut off by the end of the file is not listed.
 */
export async function listBoxes(bytes: Bytes, from: number, to: number): Promise<Box[]> {
  const found: Box[] = []
  let at = from
  while (at + 8 <= to && found.length < MOST_BOXES) {
    const header = await bytes.at(at, 16)
    if (header.length < 8) break
    const size = view(header).getUint32(0)
    const large = size === 1
    if (large && header.length < 16) break
    const length = large ? Number(view(header).getBigUint64(8)) : size === 0 ? to - at : size
    const start = at + (large ? 16 : 8)
    const end = at + length
    if (!Number.isSafeInteger(end) || end < start || end > to) break
    found.push({ type: ascii(header, 4, 8), start, end })
    at = end
  }
  return found
}

/** The first box of a type. */
export function boxOf(boxes: readonly Box[], type: string): Box | undefined {
  return boxes.find((box) => box.type === type)
}

/** A box's content, its first 256 KiB at most. */
export function contentOf(bytes: Bytes, box: Box): Promise<Uint8Array> {
  return bytes.at(box.start, box.end - box.start)
}
