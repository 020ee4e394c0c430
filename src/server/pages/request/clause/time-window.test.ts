import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Typed } from '../question.ts'
import { readWindow, WINDOW_FIELDS, windowValues } from './time-window.ts'

const typed = (values: Readonly<Record<string, unknown>>): Typed => ({
  one: (name) => String(values[name] ?? ''),
  many: () => [],
})
const days = (from: string, to: string, times: readonly [string, string] = ['', '']) => {
  const end = (name: string, [day, month, year]: string[], time: string) => ({
    [`${name}-day`]: day,
    [`${name}-month`]: month,
    [`${name}-year`]: year,
    [`${name}-time`]: time,
  })
  return readWindow(typed({ ...end('from', from.split(' '), times[0]), ...end('to', to.split(' '), times[1]) }))
}
const errors = (read: ReturnType<typeof readWindow>) => ('errors' in read ? read.errors.map(({ text }) => text) : [])

describe('a window of time', () => {
  it('takes the last day whole, in British local time', () => {
    assert.deepEqual(days('1 3 2026', '1 3 2026'), {
      between: { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' },
    })
    // The day on which summer time begins has 23 hours, and the one on which it ends 25.
    assert.deepEqual(days('29 3 2026', '29 3 2026'), {
      between: { from: '2026-03-29T00:00:00Z', to: '2026-03-30T00:00:00+01:00' },
    })
    assert.deepEqual(days('25 10 2026', '25 10 2026'), {
      between: { from: '2026-10-25T00:00:00+01:00', to: '2026-10-26T00:00:00Z' },
    })
    assert.deepEqual(days('31 12 2026', '31 12 2026'), {
      between: { from: '2026-12-31T00:00:00Z', to: '2027-01-01T00:00:00Z' },
    })
  })

  it('may be an evening, however its hours are written', () => {
    const evening = { between: { from: '2026-06-05T18:00:00+01:00', to: '2026-06-05T23:30:00+01:00' } }
    for (const times of [
      ['18:00', '23:30'],
      ['1800', '2330'],
      ['6pm', '11.30pm'],
      ['6 PM', '11:30 pm'],
    ] as const)
      assert.deepEqual(days('5 6 2026', '5 6 2026', times), evening, times.join())
  })

  it('says what is wrong with a day', () => {
    assert.deepEqual(errors(days('', '')), ['Enter the first day', 'Enter the last day'])
    assert.deepEqual(errors(days('31 6 2026', '1 7 26')), [
      'The first day must be a real date',
      'The last day must be a real date, with a year of 4 numbers',
    ])
    assert.deepEqual(errors(days('1  2026', '1 7 2026')), ['The first day must include a month'])
    assert.deepEqual(errors(days('2 7 2026', '1 7 2026')), ['The last day must be the first day or later'])
    assert.deepEqual(errors(days('1 7 2026', '1 7 2026', ['25:00', '13pm'])), [
      'The time must be like 18:00',
      'The time must be like 18:00',
    ])
  })

  it('fills in what it was read from, whatever was typed', () => {
    const day = fc.record({
      day: fc.integer({ min: 1, max: 31 }),
      month: fc.integer({ min: 1, max: 12 }),
      year: fc.integer({ min: 1996, max: 2035 }),
      time: fc.constantFrom('', '00:30', '18:00', '23:59'),
    })
    fc.assert(
      fc.property(day, day, (from, to) => {
        const values = Object.fromEntries(
          Object.entries({ from, to }).flatMap(([end, parts]) =>
            Object.entries(parts).map(([part, value]) => [`${end}-${part}`, String(value)]),
          ),
        )
        const read = readWindow(typed(values))
        if ('errors' in read) return
        assert.deepEqual(windowValues(read.between), values)
      }),
    )
  })

  it('tells the two hours of a night in October apart, and keeps the second when a form is saved again', () => {
    const second = { between: { from: '2026-10-25T01:30:00Z', to: '2026-10-25T02:00:00Z' } }
    assert.deepEqual(days('25 10 2026', '25 10 2026', ['1:30am GMT', '2:00']), second)
    assert.equal(windowValues(second.between)['from-time'], '01:30 GMT')
    assert.deepEqual(readWindow(typed(windowValues(second.between))), second)
    assert.deepEqual(errors(days('1 6 2026', '2 6 2026', ['1:30 GMT', ''])), ['Clocks do not show GMT at that time'])
  })

  it('throws on nothing that a form may hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 6 }), { minLength: 8, maxLength: 8 }), (texts) => {
        readWindow(typed(Object.fromEntries(WINDOW_FIELDS.map((name, at) => [name, texts[at]]))))
      }),
    )
  })
})
