import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aHolding } from './a-holding.fixture.ts'
import { applyOn } from './apply.ts'
import { batches } from './batches.ts'
import { calendar } from './calendar.ts'
import { after } from './day.ts'
import { STARTING_SCHEDULE } from './schedule.ts'

const gone = aHolding({ id: 'H-2', relevance: 'not_relevant', reviewed: { on: '2026-06-01', outcome: 'dispose' } })
const held = aHolding({
  ...gone,
  id: 'H-3',
  holds: [{ id: 'HO-1', kind: 'appeal', placed: '2026-05-01', reviewOn: '2026-09-01', lifted: '2026-10-01' }],
})

test('the calendar says what falls due on which day, and what is due already on the first', () => {
  const due = calendar([held, gone, aHolding()], STARTING_SCHEDULE, '2026-06-10', '2026-12-31')
  assert.deepEqual(
    due.map(({ on, holding, verdict }) => [on, holding, verdict]),
    [
      ['2026-06-10', 'H-2', 'destroy_due'],
      ['2026-06-10', 'H-3', 'restrict'],
      ['2026-06-20', 'H-0001', 'review'],
      ['2026-09-01', 'H-3', 'review'],
      ['2026-10-01', 'H-3', 'destroy_due'],
    ],
  )
})

test('the calendar finds every day on which a verdict changes', () => {
  const days = fc.integer({ min: 0, max: 800 }).map((n) => after('2026-03-20', { days: n }))
  fc.assert(
    fc.property(days, days, days, fc.boolean(), (reviewed, placed, lifted, child) => {
      const one = aHolding({
        child,
        relevance: 'not_relevant',
        reviewed: { on: reviewed, outcome: 'dispose' },
        holds: [{ id: 'HO-1', kind: 'other', placed, reviewOn: after(placed, { months: 2 }), lifted }],
      })
      const [from, to] = ['2026-03-20', '2027-03-20']
      const slow: [string, string][] = []
      let before = 'keep'
      for (let on = from; on < to; on = after(on, { days: 1 })) {
        const { verdict } = applyOn(one, STARTING_SCHEDULE, on)
        if (verdict !== before && verdict !== 'keep') slow.push([on, verdict])
        before = verdict
      }
      assert.deepEqual(
        calendar([one], STARTING_SCHEDULE, from, to).map(({ on, verdict }) => [on, verdict]),
        slow,
      )
    }),
    { numRuns: 60 },
  )
})

test('a batch holds what one pair of people can decide on together, and no more than they can look at', () => {
  const many = Array.from({ length: 5 }, (_, at) => ({ ...gone, id: `H-1${at}` }))
  const found = batches([held, aHolding(), ...many], STARTING_SCHEDULE, new Date('2026-06-20T12:00:00Z'), { most: 3 })
  assert.deepEqual(
    found.map(({ verdict, holdings }) => [verdict, holdings]),
    [
      ['destroy_due', ['H-10', 'H-11', 'H-12']],
      ['destroy_due', ['H-13', 'H-14']],
      ['restrict', ['H-3']],
      ['review', ['H-0001']],
    ],
  )
})
