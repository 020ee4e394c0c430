import assert from 'node:assert/strict'
import { TlogError } from './errors.ts'
import type { Digest } from './merkle.ts'
import { type KnownSignature, openNote } from './note.ts'
import { readBase64, readDecimal } from './text.ts'
import { ED25519, type Verifier } from './vkey.ts'

/** What a log says of itself: at this size, it had this root (c2sp.org/tlog-checkpoint). */
export interface Checkpoint {
  /** which log; the name of its key */
  readonly origin: string
  /** number of entries */
  readonly size: number
  readonly root: Digest
}

/** A checkpoint that was signed by a log that is trusted, with the signatures of those witnesses that are known. */
export interface SignedCheckpoint extends Checkpoint {
  /** the text that was signed */
  readonly text: string
  readonly log: KnownSignature
  readonly witnesses: readonly KnownSignature[]
}

/** Writes the text of a checkpoint: three lines, no extensions. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  assert(origin.length > 0 && !origin.includes('\n') && Number.isSafeInteger(size) && size >= 0 && root.length === 32)
  return `${origin}\n${size}\n${root.toString('base64')}\n`
}

/**
 * Reads the text of a checkpoint. Extension lines are refused: nobody could audit them. Throws TlogError `CHECKPOINT_MALFORMED`.
 */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n')
  const [origin = '', decimal = '', base64 = '', end] = lines
  const size = readDecimal(decimal)
  const root = readBase64(base64)
  if (lines.length !== 4 || end !== '' || origin === '' || size === undefined || root?.length !== 32)
    throw new TlogError(
      'CHECKPOINT_MALFORMED',
      'this is not a checkpoint of three lines: origin, size and root',
      'give the file as it was published (c2sp.org/tlog-checkpoint)',
    )
  return { origin, size, root }
}

/**
 * Opens a signed checkpoint: it must be signed by one of the logs, whose name must be the origin; cosignatures by the given
 * witnesses are checked and given, however many there are (a policy says whether they are enough). Throws TlogError
 * `NOTE_MALFORMED`, `NOTE_FORGED`, `NOTE_UNKNOWN` or `CHECKPOINT_MALFORMED`.
 */
export function openCheckpoint(
  note: Uint8Array | string,
  logs: readonly Verifier[],
  witnesses: readonly Verifier[] = [],
): SignedCheckpoint {
  const { text, known } = openNote(note, [...logs, ...witnesses])
  const checkpoint = parseCheckpoint(text)
  const log = known.find(({ by }) => by.type === ED25519 && logs.includes(by) && by.name === checkpoint.origin)
  if (log === undefined)
    throw new TlogError(
      'NOTE_UNKNOWN',
      'the checkpoint is not signed by the log that it names',
      'check which keys were given',
    )
  return { ...checkpoint, text, log, witnesses: known.filter(({ by }) => witnesses.includes(by) && !logs.includes(by)) }
}
