import assert from 'node:assert/strict'
import { type Digest, EMPTY_ROOT, nodeHash } from './merkle.ts'

/** A full subtree: 2^level entries from index * 2^level on. */
export interface Node {
  readonly level: number
  readonly index: number
}

/** Whatever knows the hashes of full subtrees: tiles on a disk, a tree in memory. */
export interface HashReader {
  /** Gives the hash of each, in the same order. */
  hashes(nodes: readonly Node[]): readonly Digest[] | Promise<readonly Digest[]>
}

interface Range {
  readonly start: number
  readonly end: number
}

/** The root of the tree as it was at a size (RFC 6962 section 2.1). */
export async function treeRoot(reader: HashReader, size: number): Promise<Digest> {
  if (size === 0) return EMPTY_ROOT
  const [root] = await hashRanges(reader, [{ start: 0, end: size }])
  return root as Digest
}

/** The path from one entry to the root, the entry's sibling first (RFC 6962 section 2.1.1). */
export function inclusionProof(reader: HashReader, index: number, size: number): Promise<Digest[]> {
  assert(Number.isSafeInteger(size) && Number.isSafeInteger(index) && index >= 0 && index < size)
  const ranges: Range[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const split = start + splitOf(end - start)
    if (index < split) {
      ranges.push({ start: split, end })
      end = split
    } else {
      ranges.push({ start, end: split })
      start = split
    }
  }
  return hashRanges(reader, ranges.reverse())
}

/** What shows that a tree at a size is the beginning of itself at a later one (RFC 6962 section 2.1.2). Empty from size 0. */
export function consistencyProof(reader: HashReader, from: number, to: number): Promise<Digest[]> {
  assert(Number.isSafeInteger(to) && Number.isSafeInteger(from) && from >= 0 && from <= to)
  if (from === 0 || from === to) return Promise.resolve([])
  const ranges: Range[] = []
  let start = 0
  let end = to
  while (from !== end) {
    const split = start + splitOf(end - start)
    if (from <= split) {
      ranges.push({ start: split, end })
      end = split
    } else {
      ranges.push({ start, end: split })
      start = split
    }
  }
  // Whoever has the old root needs no hash of the left edge itself.
  if (start > 0) ranges.push({ start, end })
  return hashRanges(reader, ranges.reverse())
}

/** The largest power of two below a size: where RFC 6962 divides a tree. */
function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

/** Hashes runs of entries that each begin where a full subtree of their size would, all with one reading. */
async function hashRanges(reader: HashReader, ranges: readonly Range[]): Promise<Digest[]> {
  const wanted = ranges.map(fullSubtrees)
  const hashes = await reader.hashes(wanted.flat())
  let at = 0
  return wanted.map((nodes) => {
    const own = hashes.slice(at, at + nodes.length)
    at += nodes.length
    return own.reduceRight((right, left) => nodeHash(left, right))
  })
}

/** The fewest full subtrees that make up a run, largest first. */
function fullSubtrees({ start, end }: Range): Node[] {
  const nodes: Node[] = []
  for (let at = start; at < end; ) {
    let level = 0
    while (2 ** (level + 1) <= end - at) level++
    nodes.push({ level, index: at / 2 ** level })
    at += 2 ** level
  }
  return nodes
}
