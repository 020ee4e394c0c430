import assert from 'node:assert/strict'
import { hash } from 'node:crypto'

/** A SHA-256 digest, 32 bytes. */
export type Digest = Buffer

// One buffer for both prefixes: 0x00 before a leaf, 0x01 before two nodes (RFC 6962 §2.1), so that neither passes for the other.
const pair = Buffer.alloc(65)
pair[0] = 1

/** Hashes one entry: SHA-256(0x00 || entry). */
export function leafHash(entry: Uint8Array | string): Digest {
  const bytes = typeof entry === 'string' ? Buffer.byteLength(entry) : entry.length
  const prefixed = Buffer.allocUnsafe(bytes + 1)
  prefixed[0] = 0
  if (typeof entry === 'string') prefixed.write(entry, 1, 'utf8')
  else prefixed.set(entry, 1)
  return sha256(prefixed)
}

/** Hashes one entry that already stands behind its prefix: SHA-256(bytes), whose first byte is 0x00. */
export function hashLeaf(prefixed: Uint8Array): Digest {
  assert(prefixed[0] === 0, 'a leaf begins with 0x00')
  return sha256(prefixed)
}

/** Hashes two nodes: SHA-256(0x01 || left || right). */
export function nodeHash(left: Digest, right: Digest): Digest {
  left.copy(pair, 1)
  right.copy(pair, 33)
  return sha256(pair)
}

function sha256(bytes: Uint8Array): Digest {
  const digest = Buffer.allocUnsafe(32)
  // A digest as latin1 text is three times as fast as one as a buffer.
  digest.write(hash('sha256', bytes, 'latin1'), 'latin1')
  return digest
}

/** The root of the tree with no leaves: SHA-256 of nothing (RFC 6962 §2.1). */
export const EMPTY_ROOT: Digest = sha256(Buffer.alloc(0))

/** Grows a Merkle tree leaf by leaf and holds only its right edge: 32 bytes for each bit of the size. */
export class MerkleRoot {
  readonly #edge: (Digest | undefined)[] = []
  readonly #onNode: ((level: number, node: Digest) => void) | undefined
  #size = 0

  /** `onNode` is told the hash of every full subtree as soon as it is known: 2^level leaves, in their order. */
  constructor(onNode?: (level: number, node: Digest) => void) {
    this.#onNode = onNode
  }

  get size(): number {
    return this.#size
  }

  /** Adds the next leaf's hash. */
  add(leaf: Digest): void {
    let node = leaf
    let level = 0
    this.#onNode?.(level, node)
    for (let held = this.#edge[level]; held !== undefined; held = this.#edge[level]) {
      node = nodeHash(held, node)
      this.#edge[level++] = undefined
      this.#onNode?.(level, node)
    }
    this.#edge[level] = node
    this.#size++
  }

  /** The root over the leaves so far. More may be added afterwards. */
  root(): Digest {
    let root: Digest | undefined
    for (const node of this.#edge) if (node !== undefined) root = root === undefined ? node : nodeHash(node, root)
    return root ?? EMPTY_ROOT
  }
}

/** The root over the hashes of all leaves. */
export function merkleRoot(leaves: Iterable<Digest>): Digest {
  const tree = new MerkleRoot()
  for (const leaf of leaves) tree.add(leaf)
  return tree.root()
}
