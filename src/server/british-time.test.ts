import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { instantOf, localTime } from './british-time.ts'

test('a British local time is an instant with the offset of its day', () => {
  const noon = { hour: 12, minute: 0 }
  assert.equal(instantOf({ year: 2026, month: 1, day: 31, ...noon }), '2026-01-31T12:00:00Z')
  assert.equal(instantOf({ year: 2026, month: 6, day: 1, ...noon }), '2026-06-01T12:00:00+01:00')
})

test('there is no 31 June, and no hour that the clocks leave out', () => {
  assert.equal(instantOf({ year: 2026, month: 6, day: 31, hour: 0, minute: 0 }), undefined)
  assert.equal(instantOf({ year: 2026, month: 13, day: 1, hour: 0, minute: 0 }), undefined)
  assert.equal(instantOf({ year: 2026, month: 3, day: 29, hour: 1, minute: 30 }), undefined)
})

test('of the hour that comes twice it is the first', () => {
  assert.equal(instantOf({ year: 2026, month: 10, day: 25, hour: 1, minute: 30 }), '2026-10-25T01:30:00+01:00')
})

test('every instant has a local time, and nearly every local time comes back', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(1996, 0), max: Date.UTC(2040, 0) }), (time) => {
      const local = localTime(time)
      const instant = instantOf(local)
      assert(instant !== undefined)
      assert.deepEqual(localTime(instant), local)
    }),
  )
})
