import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { CustodyKind } from '../../store/index.ts'
import { custodyClock } from './custody-clock.ts'

const at = (hours: number) => new Date(Date.UTC(2026, 2, 3) + hours * 3_600_000)
const event = (kind: CustodyKind, hours: number) => ({ kind, happened_at: at(hours) })

test('B25: the clock runs from receipt, warns before 24 hours, and is overdue at 24', () => {
  const events = [event('received', 0)]
  const states = [0, 17.9, 18, 23.99, 24, 100].map((hours) => custodyClock({ events }, at(hours)).state)
  assert.deepEqual(states, ['in_time', 'in_time', 'due_soon', 'due_soon', 'overdue', 'overdue'])
  const { hoursHeld, dueAt } = custodyClock({ events }, at(25.5))
  assert.equal(hoursHeld, 25)
  assert.deepEqual(dueAt, at(24))
})

test('B25: a phone that is lent takes the device off the warning, until it comes back', () => {
  const lent = [event('received', 0), event('moved', 1), event('loan_given', 2)]
  assert.equal(custodyClock({ events: lent }, at(30)).state, 'lent')
  assert.equal(custodyClock({ events: [...lent, event('loan_returned', 26)] }, at(30)).state, 'overdue')
})

test('B25: what was returned was held until then, however late it is asked', () => {
  const events = [event('received', 0), event('returned', 23)]
  const clock = custodyClock({ events }, at(500))
  assert.equal(clock.state, 'returned')
  assert.equal(clock.hoursHeld, 23)
  assert.deepEqual(clock.returnedAt, at(23))
})

test('what was never received has no clock', () => {
  assert.deepEqual(custodyClock({ events: [] }, at(0)), { hoursHeld: 0, loan: false, state: 'in_time' })
})

test('the order in which events are read changes nothing', () => {
  const kinds = fc.constantFrom<CustodyKind>('moved', 'loan_given', 'loan_returned')
  const later = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 400 }), kinds), { selector: ([hours]) => hours })
  fc.assert(
    fc.property(later, fc.integer({ min: 0, max: 400 }), (pairs, now) => {
      const events = [event('received', 0), ...pairs.map(([hours, kind]) => event(kind, hours))]
      assert.deepEqual(custodyClock({ events: events.toReversed() }, at(now)), custodyClock({ events }, at(now)))
    }),
  )
})
