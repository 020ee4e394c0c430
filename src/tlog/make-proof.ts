import { checkInclusion } from './check-proof.ts'
import { parseCheckpoint } from './checkpoint.ts'
import { TlogError } from './errors.ts'
import { leafHash } from './merkle.ts'
import { parseNote } from './note.ts'
import { formatProofFile } from './proof-file.ts'
import { inclusionProof } from './proof.ts'
import { readBundle, type ReadPath, tileReader } from './tile-reader.ts'
import { TILE_WIDTH, widthOf } from './tile.ts'

/**
 * Makes a proof out of the files of a log, with the entry as `extra`. Whose signature is on the checkpoint it does not ask: whoever checks
 * the proof does. Throws TlogError `OUT_OF_RANGE`, `NOTE_MALFORMED`, `CHECKPOINT_MALFORMED`, `TILE_MALFORMED`, or `LOG_DAMAGED` where
 * the proof would not fit.
 */
export async function makeProof(read: ReadPath, index: number): Promise<string> {
  const note = await read('checkpoint')
  if (note === undefined)
    throw new TlogError('NOTE_MALFORMED', 'there is no checkpoint', 'give the folder of a log, as it is served')
  const { size, root } = parseCheckpoint(parseNote(note).text)
  if (!Number.isSafeInteger(index) || index < 0 || index >= size)
    throw new TlogError(
      'OUT_OF_RANGE',
      'the log has no such entry',
      size === 0 ? 'it is empty' : `its entries are 0 to ${size - 1}`,
    )
  const bundle = Math.floor(index / TILE_WIDTH)
  const extra = (await readBundle(read, bundle, widthOf(0, bundle, size)))[index % TILE_WIDTH] as Buffer
  const hashes = await inclusionProof(tileReader(read, size), index, size)
  if (!checkInclusion(hashes, { size, root }, index, leafHash(extra)))
    throw new TlogError('LOG_DAMAGED', 'the log does not hold together at this entry', '`peel log verify` says where')
  return formatProofFile({ extra, index, hashes, checkpoint: Buffer.from(note).toString() })
}
