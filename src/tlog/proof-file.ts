import assert from 'node:assert/strict'
import { TlogError } from './errors.ts'
import type { Digest } from './merkle.ts'
import { NOTE_LIMIT } from './note.ts'
import { readBase64, readDecimal, readUtf8 } from './text.ts'
import { ENTRY_LIMIT } from './tile.ts'

const FIRST_LINE = 'c2sp.org/tlog-proof@v1'
/** A path in a tree with fewer than 2^63 entries is not longer. */
const HASH_LIMIT = 63

/** That one entry is in a log, in a form that can be checked without the log (c2sp.org/tlog-proof). */
export interface ProofFile {
  /** the entry itself, for whoever checks without us; nothing vouches for it but its hash */
  readonly extra?: Buffer
  readonly index: number
  /** from the entry's sibling to the root's child */
  readonly hashes: readonly Digest[]
  /** the signed note, as published */
  readonly checkpoint: string
}

/** Writes a proof. `parseProofFile` is the inverse. */
export function formatProofFile({ extra, index, hashes, checkpoint }: ProofFile): string {
  assert(Number.isSafeInteger(index) && index >= 0 && hashes.every(({ length }) => length === 32))
  const lines = [FIRST_LINE]
  if (extra !== undefined) lines.push(`extra ${extra.toString('base64')}`)
  lines.push(`index ${index}`, ...hashes.map((hash) => hash.toString('base64')))
  return `${lines.join('\n')}\n\n${checkpoint}`
}

/** Reads a proof; believes nothing of it. Throws TlogError `PROOF_MALFORMED`. */
export function parseProofFile(file: Uint8Array | string): ProofFile {
  const limit = NOTE_LIMIT + 2 * ENTRY_LIMIT
  const text = file.length > limit ? undefined : typeof file === 'string' ? file : readUtf8(file)
  const split = text?.indexOf('\n\n') ?? -1
  if (text === undefined || split === -1) throw malformed('it is not a head and a checkpoint')
  const [first, ...lines] = text.slice(0, split).split('\n')
  if (first !== FIRST_LINE) throw malformed('its first line is another')
  const extraLine = lines[0]?.startsWith('extra ') ? lines.shift() : undefined
  const extra = extraLine === undefined ? undefined : readBase64(extraLine.slice('extra '.length))
  if (extraLine !== undefined && (extra === undefined || extra.length > ENTRY_LIMIT))
    throw malformed('its extra data cannot be read')
  const index = readDecimal(/^index (\d+)$/.exec(lines.shift() ?? '')?.[1] ?? '')
  if (index === undefined) throw malformed('its index cannot be read')
  if (lines.length > HASH_LIMIT) throw malformed('it has too many hashes')
  const hashes = lines.map((line) => {
    const hash = readBase64(line)
    if (hash?.length !== 32) throw malformed('one of its hashes cannot be read')
    return hash
  })
  return { ...(extra === undefined ? {} : { extra }), index, hashes, checkpoint: text.slice(split + 2) }
}

function malformed(why: string): TlogError {
  return new TlogError(
    'PROOF_MALFORMED',
    `this is not a proof: ${why}`,
    'give the file as it was issued (c2sp.org/tlog-proof)',
  )
}
