import { type Digest, EMPTY_ROOT, nodeHash } from './merkle.ts'

// Everything here comes from whom we do not trust: whatever does not fit is false, and nothing throws.

interface Tree {
  /** number of entries */
  readonly size: number
  readonly root: Uint8Array
}

/** True where the entry with this hash stands at this index of the tree (RFC 9162 section 2.1.3.2). */
export function checkInclusion(proof: readonly Uint8Array[], tree: Tree, index: number, leaf: Uint8Array): boolean {
  if (!isIndex(tree.size) || !isIndex(index) || index >= tree.size || ![...proof, tree.root, leaf].every(isDigest))
    return false
  let at = index
  let last = tree.size - 1
  let root = digest(leaf)
  for (const hash of proof) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      root = nodeHash(digest(hash), root)
      while (!isOdd(at) && at !== 0) {
        at = half(at)
        last = half(last)
      }
    } else root = nodeHash(root, digest(hash))
    at = half(at)
    last = half(last)
  }
  return last === 0 && root.equals(tree.root)
}

/**
 * True where the new tree begins with the old one (RFC 9162 section 2.1.4.2). From a tree without entries everything follows, and
 * the proof must then be empty (c2sp.org/tlog-witness).
 */
export function checkConsistency(proof: readonly Uint8Array[], old: Tree, now: Tree): boolean {
  if (!isIndex(old.size) || !isIndex(now.size) || old.size > now.size) return false
  if (![...proof, old.root, now.root].every(isDigest)) return false
  for (const { size, root } of [old, now]) if (size === 0 && !EMPTY_ROOT.equals(root)) return false
  if (old.size === now.size) return proof.length === 0 && digest(old.root).equals(now.root)
  if (old.size === 0) return proof.length === 0
  const hashes = proof.map(digest)
  // Where the old tree is one full subtree its root begins the path, and is not sent.
  if (isPowerOfTwo(old.size)) hashes.unshift(digest(old.root))
  const [first, ...rest] = hashes
  if (first === undefined) return false
  let at = old.size - 1
  let last = now.size - 1
  while (isOdd(at)) {
    at = half(at)
    last = half(last)
  }
  let oldRoot = first
  let newRoot = first
  for (const hash of rest) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      oldRoot = nodeHash(hash, oldRoot)
      newRoot = nodeHash(hash, newRoot)
      while (!isOdd(at) && at !== 0) {
        at = half(at)
        last = half(last)
      }
    } else newRoot = nodeHash(newRoot, hash)
    at = half(at)
    last = half(last)
  }
  return last === 0 && oldRoot.equals(old.root) && newRoot.equals(now.root)
}

// Sizes may be larger than 32 bits, so no bit operators.
const isOdd = (value: number) => value % 2 === 1
const half = (value: number) => Math.floor(value / 2)
const isIndex = (value: number) => Number.isSafeInteger(value) && value >= 0
const isDigest = (bytes: Uint8Array) => bytes.length === 32
const digest = (bytes: Uint8Array): Digest => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)

function isPowerOfTwo(value: number): boolean {
  let power = 1
  while (power < value) power *= 2
  return power === value
}
