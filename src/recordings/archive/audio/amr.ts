import type { Audio, AudioFile } from './audio.ts'
import { piece, walk } from './bytes.ts'

const NARROW = '#!AMR\n'
const WIDE = '#!AMR-WB\n'
const FRAME_MS = 20

/** Bytes behind the table of contents of a frame, by its type (RFC 4867 §5.3, 3GPP TS 26.101, 26.201); others are reserved. */
const NARROW_BYTES: readonly (number | undefined)[] = frames([12, 13, 15, 17, 19, 20, 26, 31, 5])
const WIDE_BYTES: readonly (number | undefined)[] = frames([17, 23, 32, 36, 40, 46, 50, 58, 60, 5], [14])

function frames(sizes: readonly number[], empty: readonly number[] = []): (number | undefined)[] {
  const all: (number | undefined)[] = Array.from({ length: 16 }, (_, type) => sizes[type])
  // A frame that was lost or not sent has no bytes and its time all the same.
  for (const type of [...empty, 15]) all[type] = 0
  return all
}

/** Whether a file begins as an AMR file of one channel does (RFC 4867 §5.1). */
export function isAmr(head: Buffer): boolean {
  return head.toString('latin1', 0, WIDE.length) === WIDE || head.toString('latin1', 0, NARROW.length) === NARROW
}

/** Counts the frames of an AMR file, of 20 ms each, to the first that can be none. */
export async function readAmr(file: AudioFile): Promise<Audio> {
  const wide = (await piece(file, 0, WIDE.length)).toString('latin1') === WIDE
  const sizes = wide ? WIDE_BYTES : NARROW_BYTES
  let count = 0
  let damage: Audio['damage']
  await walk(file, wide ? WIDE.length : NARROW.length, 1, ([contents = 0], left) => {
    const size = sizes[(contents >> 3) & 0b1111]
    // The first bit and the last two are padding, and zero (RFC 4867 §5.3).
    if (size === undefined || (contents & 0b1000_0011) !== 0) damage = 'not_frames'
    else if (1 + size > left) damage = 'cut_short'
    if (size === undefined || damage !== undefined) return undefined
    count++
    return 1 + size
  })
  return {
    container: wide ? 'amr-wb' : 'amr',
    codec: wide ? 'amr-wb' : 'amr-nb',
    durationMs: count * FRAME_MS,
    ...(damage !== undefined ? { state: 'damaged', damage } : { state: count === 0 ? 'empty' : 'whole' }),
  }
}
