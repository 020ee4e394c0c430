import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { VaultError } from './errors.ts'
import { PIECE, SealedPieces } from './sealed-pieces.ts'

const SECRET = 'AGE-SECRET-KEY-1TEST'
const BYTES = 2 * PIECE + 17
const damaged = (error: unknown) => error instanceof VaultError && error.code === 'DAMAGED'

test('what is sealed piece by piece opens piece by piece, in any order', () => {
  const pieces = new SealedPieces(SECRET, BYTES)
  const plain = randomBytes(BYTES)
  assert.equal(pieces.count, 3)
  const sealed = [0, 1, 2].map((number) =>
    pieces.seal(number, plain.subarray(number * PIECE, number * PIECE + pieces.lengthOf(number))),
  )
  const file = Buffer.alloc(pieces.placeOf(2).at + pieces.placeOf(2).length)
  for (const [number, piece] of sealed.entries()) {
    assert.equal(piece.length, pieces.placeOf(number).length)
    piece.copy(file, pieces.placeOf(number).at)
  }
  assert(!file.includes(plain.subarray(0, 32)))
  for (const number of [2, 0, 1]) {
    const { at, length } = pieces.placeOf(number)
    const opened = new SealedPieces(SECRET, BYTES).open(number, file.subarray(at, at + length))
    assert.deepEqual(opened, plain.subarray(number * PIECE, number * PIECE + opened.length))
  }
})

test('a piece that was moved, altered, cut, of another length or under another key does not open', () => {
  const pieces = new SealedPieces(SECRET, BYTES)
  const sealed = pieces.seal(0, randomBytes(PIECE))
  assert.throws(() => pieces.open(1, sealed), damaged)
  for (const at of [0, 12, 500, sealed.length - 1]) {
    const altered = Buffer.from(sealed)
    altered[at]! ^= 1
    assert.throws(() => pieces.open(0, altered), damaged)
  }
  assert.throws(() => pieces.open(0, sealed.subarray(0, -1)), damaged)
  assert.throws(() => new SealedPieces(SECRET, BYTES + 1).open(0, sealed), damaged)
  assert.throws(() => new SealedPieces(`${SECRET}2`, BYTES).open(0, sealed), damaged)
})

test('the same piece sealed twice is never the same bytes', () => {
  const pieces = new SealedPieces(SECRET, 5)
  const plain = Buffer.from('hello')
  assert.notDeepEqual(pieces.seal(0, plain), pieces.seal(0, plain))
})
