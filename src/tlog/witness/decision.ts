import { checkConsistency } from '../check-proof.ts'
import { type Checkpoint, openCheckpoint, parseCheckpoint, type SignedCheckpoint } from '../checkpoint.ts'
import { TlogError } from '../errors.ts'
import { parseNote } from '../note.ts'
import type { Verifier } from '../vkey.ts'
import type { AddCheckpoint } from './request.ts'

/** What a witness answers, and why. Status codes as c2sp.org/tlog-witness gives them. */
export type Decision =
  | { readonly status: 200; readonly checkpoint: SignedCheckpoint }
  | { readonly status: 400 | 403 | 404 | 422; readonly says: string }
  /** it has cosigned another size last: this one */
  | { readonly status: 409; readonly size: number; readonly says: string }

/**
 * Decides about a checkpoint. `logs` are the keys of the logs that are witnessed, `last` what was cosigned last for an origin. Pure:
 * whoever calls it must keep the checkpoint for good before giving a cosignature, and must let nothing come between.
 */
export function decide(
  request: AddCheckpoint,
  logs: readonly Verifier[],
  last: (origin: string) => Checkpoint | undefined,
): Decision {
  const origin = originOf(request.checkpoint)
  if (origin === undefined) return { status: 400, says: 'this is not a checkpoint' }
  const keys = logs.filter(({ name }) => name === origin)
  if (keys.length === 0) return { status: 404, says: 'this log is not witnessed here' }
  const checkpoint = opened(request.checkpoint, keys)
  if (checkpoint === undefined) return { status: 403, says: 'the checkpoint is not signed by a key of its log' }
  const { size, root } = checkpoint
  if (request.oldSize > size) return { status: 400, says: 'the old size is larger than the new one' }
  const before = last(origin)
  if (request.oldSize !== (before?.size ?? 0))
    return { status: 409, size: before?.size ?? 0, says: 'another size was cosigned last' }
  // A tree of which nothing was cosigned is as good as empty: everything follows from it, and the proof must be empty.
  const consistent =
    before === undefined
      ? request.proof.length === 0 && (size > 0 || checkConsistency([], checkpoint, checkpoint))
      : checkConsistency(request.proof, before, { size, root })
  if (!consistent) return { status: 422, says: 'it does not follow from what was cosigned last' }
  return { status: 200, checkpoint }
}

function originOf(note: string): string | undefined {
  return quietly(() => parseCheckpoint(parseNote(note).text).origin)
}

function opened(note: string, keys: readonly Verifier[]): SignedCheckpoint | undefined {
  return quietly(() => openCheckpoint(note, keys))
}

/** What comes from outside and is not as it should be is no error of ours. */
function quietly<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof TlogError) return undefined
    throw error
  }
}
