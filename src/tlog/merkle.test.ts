import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { type Digest, leafHash, MerkleRoot, merkleRoot } from './merkle.ts'

// The published vectors of RFC 6962 implementations: eight entries, and the root at every size.
const ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

test('the root is the published one at every size of the published tree', () => {
  const leaves = ENTRIES.map((hex) => leafHash(Buffer.from(hex, 'hex')))
  ROOTS.forEach((root, size) => assert.equal(merkleRoot(leaves.slice(0, size)).toString('hex'), root))
})

test('the root equals the recursive definition of RFC 6962 §2.1 for every size to 200', () => {
  const leaves = Array.from({ length: 200 }, (_, at) => leafHash(`entry ${at}`))
  const tree = new MerkleRoot()
  for (let size = 1; size <= leaves.length; size++) {
    tree.add(leaves[size - 1] as Digest)
    assert.deepEqual(tree.root(), recursive(leaves.slice(0, size)))
    assert.equal(tree.size, size)
  }
})

function recursive(leaves: Digest[]): Digest {
  if (leaves.length === 1) return leaves[0] as Digest
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return createHash('sha256')
    .update(Buffer.of(1))
    .update(recursive(leaves.slice(0, split)))
    .update(recursive(leaves.slice(split)))
    .digest()
}
