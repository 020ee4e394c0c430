import { checkInclusion } from './check-proof.ts'
import { TlogError } from './errors.ts'
import { leafHash } from './merkle.ts'
import { openUnder, type Policy } from './policy.ts'
import { parseProofFile } from './proof-file.ts'

/** What a proof shows, or why it shows nothing. */
export type Proved =
  | {
      readonly proved: true
      readonly index: number
      readonly entry: Buffer
      /** entries of the log when this was shown */
      readonly size: number
      readonly origin: string
      /** whether the policy's quorum of witnesses has cosigned; without it only the log vouches */
      readonly witnessed: boolean
    }
  | { readonly proved: false; readonly reason: string }

/**
 * Checks a proof of inclusion without the log (c2sp.org/tlog-proof, Verifying). The entry is that which is given, or else that which the
 * proof brings with it. Never throws for what the proof is.
 */
export function verifyProof(file: Uint8Array | string, policy: Policy, entry?: Uint8Array): Proved {
  try {
    const { extra, index, hashes, checkpoint } = parseProofFile(file)
    const leaf = entry ?? extra
    if (leaf === undefined) return { proved: false, reason: 'the proof does not bring its entry, and none was given' }
    const { checkpoint: tree, witnessed } = openUnder(policy, checkpoint)
    if (!checkInclusion(hashes, tree, index, leafHash(leaf)))
      return { proved: false, reason: 'the entry is not in the log at that index, as far as this proof goes' }
    return { proved: true, index, entry: Buffer.from(leaf), size: tree.size, origin: tree.origin, witnessed }
  } catch (error) {
    if (error instanceof TlogError) return { proved: false, reason: error.message }
    throw error
  }
}
