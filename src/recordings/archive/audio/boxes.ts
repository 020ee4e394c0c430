import type { AudioFile } from './audio.ts'
import { piece } from './bytes.ts'

/** A box of ISO/IEC 14496-12 §4.2. */
export interface Box {
  readonly type: string
  /** where its contents begin and end, in bytes of the file or of the box around it */
  readonly start: number
  readonly end: number
  /** it claims to reach further than there is */
  readonly cut: boolean
}

/** More boxes side by side than any recorder writes. */
const MOST = 10_000

/** The boxes of a file, side by side. Stops at what can be none. */
export async function topBoxes(file: AudioFile): Promise<Box[]> {
  const boxes: Box[] = []
  for (let at = 0; at + 8 <= file.size && boxes.length < MOST; ) {
    const box = boxAt(await piece(file, at, 16), 0, file.size - at)
    if (box === undefined) break
    boxes.push({ ...box, start: at + box.start, end: at + box.end })
    at += box.end
  }
  return boxes
}

/** The boxes within a box whose contents are at hand. */
export function boxesIn(bytes: Buffer, start = 0): Box[] {
  const boxes: Box[] = []
  for (let at = start; at + 8 <= bytes.length && boxes.length < MOST; ) {
    const box = boxAt(bytes, at, bytes.length - at)
    if (box === undefined) break
    boxes.push(box)
    at = box.end
  }
  return boxes
}

/** The contents of the first box of a type. */
export function contents(bytes: Buffer, type: string, start = 0): Buffer | undefined {
  const box = boxesIn(bytes, start).find((one) => one.type === type)
  return box && bytes.subarray(box.start, box.end)
}

function boxAt(bytes: Buffer, at: number, room: number): Box | undefined {
  const type = bytes.toString('latin1', at + 4, at + 8)
  if (!/^[\x20-\x7e\u00a9]{4}$/.test(type)) return undefined
  const short = bytes.readUInt32BE(at)
  const header = short === 1 ? 16 : 8
  if (at + header > bytes.length) return undefined
  // 0: to the end of what is around it.
  const size = short === 0 ? room : short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short
  if (size < header) return undefined
  return { type, start: at + header, end: at + Math.min(size, room), cut: size > room }
}
