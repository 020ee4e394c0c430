import type { Decipheriv } from 'node:crypto'
import { Readable, type Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AcquisitionError } from './errors.ts'
import type { ProblemList } from './problem-list.ts'
import type { SealedScratch } from './scratch.ts'

/** Beyond this many bytes an archive may not be more than `MOST_RATIO` times what was read of it. Deflate ends at 1,032. */
const RATIO_FLOOR = 64 << 20
const MOST_RATIO = 1_000
/** Fed in small pieces, so that of a damaged archive nearly everything before the damage is kept. In bytes. */
const PIECE = 64 << 10
/** How much a decompressor should hand over at once, in bytes. */
export const EXPANDED = 256 << 10

/** What lies between an archive's bytes and its contents, in this order. */
export interface Wrapping {
  readonly decipher?: Decipheriv
  readonly decompress?: Transform
}

/**
 * Pours an archive through decryption and decompression into a sealed scratch. What came before damage stays, and the
 * damage is a problem. Throws AcquisitionError TOO_LARGE where it expands past its limits or the scratch space.
 */
export async function expand(
  archive: AsyncIterable<Uint8Array>,
  { decipher, decompress }: Wrapping,
  scratch: SealedScratch,
  problems: ProblemList,
): Promise<void> {
  let taken = 0
  let whole = true
  async function* pieces() {
    for await (const chunk of archive) {
      for (let at = 0; at < chunk.length; at += PIECE) {
        const piece = chunk.subarray(at, at + PIECE)
        taken += piece.length
        yield decipher ? decipher.update(piece) : piece
      }
    }
    try {
      if (decipher) yield decipher.final()
    } catch {
      // The last block is cut or bent. Ending here lets what came before still be decompressed.
      whole = false
    }
  }
  const sink = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      try {
        scratch.write(chunk)
        done(scratch.size > RATIO_FLOOR && scratch.size > taken * MOST_RATIO ? bomb() : null)
      } catch (error) {
        done(error as Error)
      }
    },
  })
  const source = Readable.from(pieces(), { objectMode: false })
  try {
    await (decompress ? pipeline(source, decompress, sink) : pipeline(source, sink))
  } catch (error) {
    // zlib says by these codes what is wrong with its input; anything else is the machine's or ours.
    if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error
    whole = false
  }
  if (!whole) problems.add('archive_damaged', 'it cannot be expanded to its end; what came before is listed')
}

function bomb(): AcquisitionError {
  return new AcquisitionError(
    'TOO_LARGE',
    `the archive expands more than ${MOST_RATIO} times`,
    'unpack it where it can do no harm',
  )
}
