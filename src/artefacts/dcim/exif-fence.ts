import { view } from './bytes.ts'
import type { Odd } from './facts.ts'

/** Entries of one directory of tags; cameras write a few dozen. */
const MOST_ENTRIES = 256

/** Bytes of one value, by its type (TIFF 6.0, section 2, and 13 for a directory); 0 is no type. */
const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4]

const EXIF_IFD = 0x8769
const GPS_IFD = 0x8825

/** A tag that nobody reads. */
const NOTHING = 0xffff

/**
 * Makes a block of EXIF safe for a parser that believes it, in place: an entry whose values do not lie inside the block loses
 * its tag, because a parser would make room for all that it claims first. Looks at the directories that are read: the first and
 * the two below it. It is odd where the tag is a wanted one. Returns undefined where there is no directory to read, or one of absurd length.
 */
export function fenced(tiff: Uint8Array, wanted: ReadonlySet<number>, odd: Odd): Uint8Array | undefined {
  if (tiff.length < 14) return undefined
  const data = view(tiff)
  const order = data.getUint16(0)
  const little = order === 0x4949
  if (!little && order !== 0x4d4d) return undefined
  const first = data.getUint32(4, little)
  const directories = [first]
  for (const at of directories) {
    if (at + 2 > tiff.length) return undefined
    const entries = data.getUint16(at, little)
    if (entries > MOST_ENTRIES) return undefined
    for (let entry = at + 2; entry < at + 2 + entries * 12 && entry + 12 <= tiff.length; entry += 12) {
      const tag = data.getUint16(entry, little)
      const size = SIZES[data.getUint16(entry + 2, little)] ?? 0
      const length = size * data.getUint32(entry + 4, little)
      const start = length <= 4 ? entry + 8 : data.getUint32(entry + 8, little)
      if (size === 0 || start + length > tiff.length) {
        if (wanted.has(tag)) odd('EXIF with a value outside of it')
        data.setUint16(entry, NOTHING, little)
      } else if (at === first && directories.length < 3 && (tag === EXIF_IFD || tag === GPS_IFD)) {
        directories.push(data.getUint32(entry + 8, little))
      }
    }
  }
  return tiff
}
