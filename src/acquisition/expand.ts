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

/**
 * Pours an archive through decryption and decompression into a sealed scratch. What came before damage stays, and the
 * damage is a problem. Throws AcquisitionError TOO_LARGE where it expands past its limits or the scratch space.
 */
export async function expand(
  archive: AsyncIterable<Uint8Array>,
  stages: readonly Transform[],
  scratch: SealedScratch,
  problems: ProblemList,
): Promise<void> {
  let taken = 0
  async function* pieces() {
    for await (const chunk of archive) {
      for (let at = 0; at < chunk.length; at += PIECE) {
        const piece = chunk.subarray(at, at + PIECE)
        taken += piece.length
        yield piece
      }
    }
  }
  const sink = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      try {
        scratch.write(chunk)
        if (scratch.size > RATIO_FLOOR && scratch.size > taken * MOST_RATIO) throw bomb()
        done()
      } catch (error) {
        done(error as Error)
      }
    },
  })
  try {
    await pipeline([Readable.from(pieces(), { objectMode: false }), ...stages, sink])
  } catch (error) {
    if (!isDamage(error)) throw error
    problems.add('archive_damaged', 'it cannot be expanded to its end; what came before is listed')
  }
}

/** zlib and OpenSSL say what is wrong with their input by these codes; anything else is the machine's or ours. */
function isDamage(error: unknown): boolean {
  const code = String((error as NodeJS.ErrnoException).code)
  return code.startsWith('Z_') || code.startsWith('ERR_OSSL_')
}

function bomb(): AcquisitionError {
  return new AcquisitionError(
    'TOO_LARGE',
    `the archive expands more than ${MOST_RATIO} times`,
    'unpack it where it can do no harm',
  )
}
