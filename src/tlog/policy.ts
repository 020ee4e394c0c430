import { type SignedCheckpoint, openCheckpoint } from './checkpoint.ts'
import { TlogError } from './errors.ts'
import { readDecimal, readUtf8 } from './text.ts'
import { COSIGNATURE, ED25519, readVkey, type Verifier } from './vkey.ts'

/** A witness, or as many of some as are enough. */
type Quorum = { readonly witness: Verifier } | { readonly of: readonly Quorum[]; readonly enough: number }

/** Whose signatures make a checkpoint believable (c2sp.org/tlog-policy). */
export interface Policy {
  readonly logs: readonly Verifier[]
  readonly witnesses: readonly Verifier[]
  readonly quorum: Quorum
}

const FILE_LIMIT = 64 * 1024
const NO_WITNESS: Quorum = { of: [], enough: 0 }

/** The policy of bare keys: any of the logs, and every witness. */
export function policyOf(verifiers: readonly Verifier[]): Policy {
  const logs = verifiers.filter(({ type }) => type === ED25519)
  const witnesses = verifiers.filter(({ type }) => type === COSIGNATURE)
  return { logs, witnesses, quorum: { of: witnesses.map((witness) => ({ witness })), enough: witnesses.length } }
}

/** Reads a policy file. Throws TlogError `POLICY_MALFORMED` or `KEY_UNREADABLE`. */
export function parsePolicy(file: Uint8Array | string): Policy {
  const text = file.length > FILE_LIMIT ? undefined : typeof file === 'string' ? file : readUtf8(file)
  if (text === undefined || /[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)) throw malformed(0, 'it is not text')
  const logs: Verifier[] = []
  const witnesses: Verifier[] = []
  const names = new Map<string, Quorum>()
  const groups = new Set<string>()
  let quorum: Quorum | undefined
  for (const [at, line] of text.split('\n').entries()) {
    const [word = '', ...rest] = line.split(/[ \t]+/).filter((each) => each !== '')
    const fault = (why: string) => malformed(at + 1, why)
    const named = (name: string): Quorum => {
      const known = names.get(name)
      if (known === undefined) throw fault('a name is used that was not defined before')
      return known
    }
    const define = (name: string | undefined, as: Quorum) => {
      if (name === undefined || name === 'none' || names.has(name)) throw fault('a name is missing or taken')
      names.set(name, as)
    }
    const key = (vkey: string | undefined, type: number, others: readonly Verifier[]): Verifier => {
      const verifier = readVkey(vkey ?? '')
      if (verifier.type !== type) throw fault('a key is of the wrong kind')
      if (others.some(({ publicKey }) => publicKey.equals(verifier.publicKey))) throw fault('a key is given twice')
      return verifier
    }
    if (word === '' || word.startsWith('#')) continue
    if (word === 'log' && rest.length >= 1 && rest.length <= 2) logs.push(key(rest[0], ED25519, logs))
    else if (word === 'witness' && rest.length >= 2 && rest.length <= 3) {
      const witness = key(rest[1], COSIGNATURE, witnesses)
      define(rest[0], { witness })
      witnesses.push(witness)
    } else if (word === 'group' && rest.length >= 3) {
      const [name, threshold = '', ...members] = rest
      const enough = threshold === 'all' ? members.length : threshold === 'any' ? 1 : (readDecimal(threshold) ?? 0)
      if (enough < 1 || enough > members.length) throw fault('a group asks for more or fewer than it has')
      const used = members.filter((member) => groups.has(member))
      if (used.length > 0 || new Set(members).size < members.length) throw fault('a name is a member twice')
      const of = members.map(named)
      for (const member of members) groups.add(member)
      define(name, { of, enough })
    } else if (word === 'quorum' && rest.length === 1 && quorum === undefined)
      quorum = rest[0] === 'none' ? NO_WITNESS : named(rest[0] ?? '')
    else throw fault('it is not a log, a witness, a group or the one quorum')
  }
  if (quorum === undefined) throw malformed(0, 'it has no quorum')
  return { logs, witnesses, quorum }
}

/** Whether a checkpoint is signed by a log of the policy, and whether enough of its witnesses have cosigned it. */
export interface Believed {
  readonly checkpoint: SignedCheckpoint
  readonly witnessed: boolean
}

/**
 * Opens a checkpoint under a policy. Throws what `openCheckpoint` throws; too few witnesses are told, not thrown, for whoever
 * may go on without.
 */
export function openUnder(policy: Policy, note: Uint8Array | string): Believed {
  const checkpoint = openCheckpoint(note, policy.logs, policy.witnesses)
  const by = new Set(checkpoint.witnesses.map((signature) => signature.by))
  const isMet = (quorum: Quorum): boolean =>
    'witness' in quorum ? by.has(quorum.witness) : quorum.of.filter(isMet).length >= quorum.enough
  return { checkpoint, witnessed: isMet(policy.quorum) }
}

function malformed(line: number, why: string): TlogError {
  const where = line === 0 ? 'the policy' : `line ${line} of the policy`
  return new TlogError('POLICY_MALFORMED', `${where} cannot be read: ${why}`, 'see c2sp.org/tlog-policy')
}
