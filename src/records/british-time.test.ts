import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { britishDay, instantOf, localTime, writtenMoment } from './british-time.ts'

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

test('every instant is written so that it can be read back to the millisecond, in whichever hour of October it lies', () => {
  const MONTHS = 'January February March April May June July August September October November December'.split(' ')
  const readBack = (text: string): number => {
    const match =
      /^(\d+) (\w+) (\d{4}) at (\d+):(\d\d)(?::(\d\d(?:\.\d{3})?))?(am|pm)(?: \((before|after) the clocks go back\))?$/.exec(
        text,
      )
    assert(match !== null, text)
    const [, day, month = '', year, hour, minute, seconds = '0', half, turn] = match
    const local = {
      year: Number(year),
      month: MONTHS.indexOf(month) + 1,
      day: Number(day),
      hour: (Number(hour) % 12) + (half === 'pm' ? 12 : 0),
      minute: Number(minute),
    }
    return (
      Date.parse(instantOf(local, turn === 'after' ? 'after' : 'before') ?? '') + Math.round(Number(seconds) * 1000)
    )
  }
  const [from, to] = [Date.UTC(1996, 0), Date.UTC(2040, 0)]
  const twice = fc.integer({ min: Date.UTC(2026, 9, 24, 23), max: Date.UTC(2026, 9, 25, 3) })
  const whole = fc.integer({ min: from / 60_000, max: to / 60_000 }).map((minute) => minute * 60_000)
  fc.assert(
    fc.property(fc.oneof(fc.integer({ min: from, max: to }), whole, twice), (time) => {
      assert.equal(readBack(writtenMoment(time)), time)
    }),
  )
})

test('a day in Britain begins an hour before the day in UTC while it is summer', () => {
  assert.equal(britishDay('2026-06-30T23:00:00Z'), '2026-07-01')
  assert.equal(britishDay('2026-11-30T23:59:59.999Z'), '2026-11-30')
  assert.equal(writtenMoment('2026-06-30T23:00:05Z'), '1 July 2026 at 12:00:05am')
})
