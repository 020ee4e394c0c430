import { hash } from 'node:crypto'
import { TlogError } from '../errors.ts'
import type { Digest } from '../merkle.ts'
import { NOTE_LIMIT } from '../note.ts'
import { readBase64, readDecimal, readUtf8 } from '../text.ts'

/** What a log sends to a witness (c2sp.org/tlog-witness, add-checkpoint). */
export interface AddCheckpoint {
  /** the size that the log believes the witness to have cosigned last */
  readonly oldSize: number
  /** from that size to that of the checkpoint, at most 63 hashes */
  readonly proof: readonly Digest[]
  /** a signed note */
  readonly checkpoint: string
}

/** The longest proof that any tree can need. */
const MAX_PROOF = 63
/** The largest body that is read, bytes: 63 hashes and the largest note. */
export const REQUEST_LIMIT = NOTE_LIMIT + 64 * 64

/** Writes the body of a request; `parseAddCheckpoint` is the inverse. */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  return `old ${oldSize}\n${proof.map((each) => `${Buffer.from(each).toString('base64')}\n`).join('')}\n${checkpoint}`
}

/** Reads the body of a request, as hostile input. Throws TlogError `REQUEST_MALFORMED`; the checkpoint itself is not looked at. */
export function parseAddCheckpoint(body: Uint8Array): AddCheckpoint {
  const text = body.length > REQUEST_LIMIT ? undefined : readUtf8(body)
  const end = text?.indexOf('\n\n') ?? -1
  if (text === undefined || end === -1) throw malformed()
  const [first = '', ...lines] = text.slice(0, end).split('\n')
  const oldSize = first.startsWith('old ') ? readDecimal(first.slice('old '.length)) : undefined
  const proof = lines.length > MAX_PROOF ? undefined : lines.map(readBase64)
  if (oldSize === undefined || !proof?.every((each): each is Buffer => each?.length === 32)) throw malformed()
  return { oldSize, proof, checkpoint: text.slice(end + 2) }
}

/** Names an origin in the address of what a witness last cosigned of it: lower-case hex SHA-256. */
export function originHash(origin: string): string {
  return hash('sha256', origin, 'hex')
}

function malformed(): TlogError {
  return new TlogError(
    'REQUEST_MALFORMED',
    'this is no request to cosign a checkpoint',
    'send an old size, a proof of at most 63 hashes, an empty line and a checkpoint (c2sp.org/tlog-witness)',
  )
}
