import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { leafHash } from './merkle.ts'
import { formatProofFile, parseProofFile } from './proof-file.ts'
import {
  formatBundle,
  parseBundle,
  parseTile,
  readTilePath,
  type Tile,
  tilePath,
  tilesBetween,
  widthOf,
} from './tile.ts'

test('paths are those of the specification', () => {
  assert.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), 'tile/0/x001/x234/067')
  assert.equal(tilePath({ level: 'entries', index: 0, width: 7 }), 'tile/entries/000.p/7')
  assert.equal(tilePath({ level: 12, index: 999, width: 256 }), 'tile/12/999')
})

test('a path is read back, and nothing else is a path', () => {
  const tiles = fc.record<Tile>({
    level: fc.oneof(fc.constant('entries' as const), fc.nat(63)),
    index: fc.maxSafeNat(),
    width: fc.integer({ min: 1, max: 256 }),
  })
  fc.assert(fc.property(tiles, (tile) => assert.deepEqual(readTilePath(tilePath(tile)), { ...tile })))
  const bad = [
    '',
    'tile',
    'tile/0/0',
    'tile/0/00',
    'tile/0/0000',
    'tile/00/000',
    'tile/64/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/07',
    'tile/0/x000/001',
    'tile/0/x001',
    'tile/0/001/x002',
    '/tile/0/000',
    'tile/0/000/',
    'tile/0/../000',
    'tile/0/000.p',
    'tile/entry/000',
    'tile/0/000\n',
  ]
  for (const path of bad) assert.equal(readTilePath(path), undefined, path)
  fc.assert(
    fc.property(fc.string(), (path) => {
      const tile = readTilePath(path)
      assert.ok(tile === undefined || tilePath(tile) === path)
    }),
  )
})

test('a tree of 70,000 has the tiles of the specification', () => {
  const tiles = [...tilesBetween(0, 70_000)]
  const count = (level: number) => tiles.filter((tile) => tile.level === level).map(({ width }) => width)
  assert.equal(count(0).length, 274)
  assert.equal(count(0).at(-1), 112)
  assert.deepEqual(count(1), [256, 17])
  assert.deepEqual(count(2), [1])
  assert.equal(tiles.length, 277)
  assert.equal(widthOf(0, 273, 70_000), 112)
  assert.equal(widthOf(0, 274, 70_000), 0)
  assert.deepEqual(
    [...tilesBetween(255, 256)],
    [
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ],
  )
  assert.deepEqual([...tilesBetween(300, 300)], [])
})

test('entries come out of a bundle as they went in', () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 256 })
  fc.assert(
    fc.property(entries, (list) => {
      const bytes = formatBundle(list)
      assert.deepEqual(
        parseBundle(bytes, list.length).map((entry) => [...entry]),
        list.map((entry) => [...entry]),
      )
      for (const width of [list.length - 1, list.length + 1])
        assert.throws(() => parseBundle(bytes, width), { code: 'TILE_MALFORMED' })
      if (bytes.length > 0)
        assert.throws(() => parseBundle(bytes.subarray(0, -1), list.length), { code: 'TILE_MALFORMED' })
    }),
  )
  assert.equal(parseBundle(formatBundle([Buffer.alloc(65_535)]), 1)[0]?.length, 65_535)
  assert.throws(() => parseTile(Buffer.alloc(31), 1), { code: 'TILE_MALFORMED' })
})

test('a proof is read back, and in one writing only', () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes))
  const proofs = fc.record(
    {
      extra: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      index: fc.maxSafeNat(),
      hashes: fc.array(hash, { maxLength: 63 }),
      checkpoint: fc.string(),
    },
    { requiredKeys: ['index', 'hashes', 'checkpoint'] },
  )
  fc.assert(fc.property(proofs, (proof) => assert.deepEqual(parseProofFile(formatProofFile(proof)), { ...proof })))
  const one = leafHash('a').toString('base64')
  const bad = [
    '',
    'c2sp.org/tlog-proof@v2\nindex 0\n\n',
    'c2sp.org/tlog-proof@v1\n\nx',
    'c2sp.org/tlog-proof@v1\nindex 00\n\n',
    'c2sp.org/tlog-proof@v1\nindex 0\n',
    `c2sp.org/tlog-proof@v1\nindex 0\n${one.slice(4)}\n\nx`,
    `c2sp.org/tlog-proof@v1\n${one}\nindex 0\n\nx`,
    'c2sp.org/tlog-proof@v1\nextra ?\nindex 0\n\nx',
    'c2sp.org/tlog-proof@v1\nindex 0\nextra AA==\n\nx',
    `c2sp.org/tlog-proof@v1\nindex 0\n${`${one}\n`.repeat(64)}\nx`,
    'x'.repeat(2 ** 20),
  ]
  for (const text of bad) assert.throws(() => parseProofFile(text), { code: 'PROOF_MALFORMED' })
})
