import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { rfc3339 } from './index.ts'

test('every instant is written as ECMAScript writes it', () => {
  const instants = fc.oneof(
    fc.integer({ min: 0, max: 253_402_300_799_999 }),
    fc.constantFrom(0, 999, 1000, 59_999, 60_000, 3_599_999, 86_399_999, 86_400_000, 253_402_300_799_999, -1, 8.64e15),
    fc.integer({ min: -62_000_000_000_000, max: -1 }),
    fc.double({ min: 0, max: 4e12, noNaN: true }),
  )
  fc.assert(
    fc.property(instants, (ms) => {
      assert.equal(rfc3339(ms), new Date(ms).toISOString())
    }),
    { numRuns: 3000, seed: 1 },
  )
})
