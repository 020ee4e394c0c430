import assert from 'node:assert/strict'
import { test } from 'node:test'
import { britishDay } from '../records/index.ts'
import { dayBegins, dayOf } from './british-day.ts'

const at = (text: string) => Date.parse(text)

test('a day is that of clocks in Britain: an hour before that of UTC in summer, and 23 or 25 hours long where clocks change', () => {
  assert.equal(dayOf(at('2026-07-01T22:59:59.999Z')) + 1, dayOf(at('2026-07-01T23:00:00Z')))
  assert.equal(dayOf(at('2026-01-01T23:59:59.999Z')) + 1, dayOf(at('2026-01-02T00:00:00Z')))
  for (const [day, hours] of [
    ['2026-03-29', 23],
    ['2026-06-15', 24],
    ['2026-10-25', 25],
  ] as const) {
    const number = dayOf(at(`${day}T12:00:00Z`))
    assert.equal((dayBegins(number + 1) - dayBegins(number)) / 3_600_000, hours, day)
    assert.equal(britishDay(dayBegins(number)), day)
    assert.equal(britishDay(dayBegins(number + 1) - 1), day)
  }
})

test('every hour of years lies in the day that begins before it and ends after it, also before 1970 and in a year that a wrong clock invents', () => {
  for (const from of ['2025-12-30T00:00:00Z', '1967-12-01T00:00:00Z', '0101-01-01T00:00:00Z', '9998-12-30T00:00:00Z'])
    for (let hour = 0; hour < 9_000; hour++) {
      const ms = at(from) + hour * 3_600_000
      const day = dayOf(ms)
      assert(dayBegins(day) <= ms && ms < dayBegins(day + 1), new Date(ms).toISOString())
    }
})
