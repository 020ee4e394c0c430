import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkConsistency, checkInclusion } from './check-proof.ts'
import { EMPTY_ROOT, leafHash, merkleRoot } from './merkle.ts'
import { consistencyProof, inclusionProof, treeRoot } from './proof.ts'
import { tileReader } from './tile-reader.ts'
import { TestTree } from './tree.fixture.ts'

const MOST = 300
const tree = new TestTree(MOST)
const leaves = tree.entries.map(leafHash)
const roots = Array.from({ length: MOST + 1 }, (_, size) => merkleRoot(leaves.slice(0, size)))
const at = (size: number) => ({ size, root: roots[size] as Buffer })

test('every entry of every tree to 300 is proved, and with no other index, size or root', async () => {
  for (let size = 1; size <= MOST; size++) {
    assert.deepEqual(await treeRoot(tree, size), roots[size])
    for (let index = 0; index < size; index++) {
      const proof = await inclusionProof(tree, index, size)
      const leaf = leaves[index] as Buffer
      assert.ok(checkInclusion(proof, at(size), index, leaf), `${index} of ${size}`)
      assert.ok(!checkInclusion(proof, at(size), index + 1, leaf), `${index} + 1 of ${size}`)
      assert.ok(!checkInclusion(proof, { size, root: roots[size - 1] as Buffer }, index, leaf))
      assert.ok(!checkInclusion([...proof, leaf], at(size), index, leaf))
      if (proof.length > 0) assert.ok(!checkInclusion(proof.slice(1), at(size), index, leaf))
    }
  }
})

test('every two trees to 300 are consistent, and no altered proof says so', async () => {
  for (let to = 0; to <= MOST; to++)
    for (let from = 0; from <= to; from++) {
      const proof = await consistencyProof(tree, from, to)
      assert.ok(checkConsistency(proof, at(from), at(to)), `${from} to ${to}`)
      assert.ok(!checkConsistency([...proof, EMPTY_ROOT], at(from), at(to)), `${from} to ${to}, longer`)
      if (proof.length > 0)
        assert.ok(!checkConsistency(proof.slice(0, -1), at(from), at(to)), `${from} to ${to}, shorter`)
      if (from > 0) assert.ok(!checkConsistency(proof, { size: from, root: leafHash('x') }, at(to)), `${from} to ${to}`)
      if (from > 0) assert.ok(!checkConsistency(proof, at(from), { size: to, root: leafHash('x') }), `${from} to ${to}`)
    }
})

test('a proof with one byte altered shows nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: MOST }),
      fc.nat(),
      fc.nat(),
      fc.nat(255),
      async (size, one, two, byte) => {
        const index = one % size
        const alter = (proof: Buffer[]) =>
          proof.map((hash, each) => {
            const copy = Buffer.from(hash)
            if (each === two % proof.length) copy.writeUInt8((copy[byte % 32] ?? 0) ^ (1 << (byte % 8)), byte % 32)
            return copy
          })
        const proof = await inclusionProof(tree, index, size)
        assert.ok(!checkInclusion(alter(proof), at(size), index, leaves[index] as Buffer))
        const since = await consistencyProof(tree, Math.max(1, index), size)
        if (since.length > 0) assert.ok(!checkConsistency(alter(since), at(Math.max(1, index)), at(size)))
      },
    ),
  )
})

test('a hash that is not 32 bytes is never accepted, not even the same one on both sides', () => {
  const none = Buffer.alloc(0)
  assert.ok(!checkInclusion([], { size: 1, root: none }, 0, none))
  assert.ok(!checkConsistency([], { size: 1, root: none }, { size: 1, root: none }))
  assert.ok(!checkConsistency([], { size: 0, root: none }, at(1)))
  assert.ok(!checkConsistency([], { size: 0, root: roots[1] as Buffer }, at(1)))
  for (const size of [-1, 1.5, Number.NaN, 2 ** 53]) {
    assert.ok(!checkInclusion([], { size, root: leafHash('a') }, 0, leafHash('a')))
    assert.ok(!checkInclusion([], { size: 1, root: leafHash('a') }, size, leafHash('a')))
  }
})

test('sizes above 32 bits are counted right', () => {
  // The first entry of a tree of 2^40 whose other halves are all one hash.
  const side = leafHash('side')
  const proof = Array.from({ length: 40 }, () => side)
  const root = proof.reduce((left, right) => merkleRoot([left, right]), leafHash('first'))
  assert.ok(checkInclusion(proof, { size: 2 ** 40, root }, 0, leafHash('first')))
  assert.ok(!checkInclusion(proof, { size: 2 ** 40, root }, 2 ** 32, leafHash('first')))
  assert.ok(!checkInclusion(proof.slice(0, 8), { size: 2 ** 40, root }, 0, leafHash('first')))
})

test('proofs out of tiles are those of the tree, also where partial tiles were deleted', async () => {
  const large = new TestTree(70_000)
  const files = large.files()
  const reader = tileReader((path) => files.get(path), 70_000)
  const root = await treeRoot(large, 70_000)
  assert.deepEqual(await treeRoot(reader, 70_000), root)
  for (const index of [0, 255, 256, 65_535, 65_536, 69_999]) {
    const proof = await inclusionProof(reader, index, 70_000)
    assert.ok(checkInclusion(proof, { size: 70_000, root }, index, leafHash(large.entries[index] as Buffer)))
  }
  const earlier = tileReader((path) => files.get(path), 65_530)
  for (const from of [1, 255, 256, 65_000, 65_530])
    assert.deepEqual(await consistencyProof(earlier, from, 65_530), await consistencyProof(large, from, 65_530))
})
