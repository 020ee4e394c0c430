import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonical, canonicalRecord } from './canonical.ts'

const key = fc.constantFrom('a', 'B', 'time', 'time_raw', 'é', '😀', 'ﬃ', 'to', 'from', 'attachments')
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 6 }),
  ),
})).value

test('a record is written as the library for RFC 8785 writes it', () => {
  fc.assert(
    fc.property(fc.dictionary(key, value), (record) => {
      assert.equal(canonicalRecord(record), canonical(record))
    }),
    { numRuns: 2000, seed: 7 },
  )
})

test('members that are absent are not written', () => {
  assert.equal(canonicalRecord({ b: undefined, a: 1 }), '{"a":1}')
})

test('half a character becomes the mark for one that cannot be read, so that the same bytes come out everywhere', () => {
  assert.equal(canonicalRecord({ body: 'a\ud83d' }), '{"body":"a\ufffd"}')
})

test('a number that JSON cannot hold is refused', () => {
  assert.throws(() => canonicalRecord({ a: Number.NaN }), TypeError)
})
