import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Clause, intrusionOf } from '../../../scope/index.ts'
import { drawDays, drawGrid } from './intrusion-drawing.ts'

const NOW = new Date('2026-11-22T10:00:00Z')
const clause = (changes: Partial<Clause> = {}): Clause => ({
  id: 'C1',
  line_of_enquiry: 'L1',
  records: ['message'],
  apps: ['whatsapp'],
  ...changes,
})
const between = (from: string, to: string) => ({ between: { from: `${from}T00:00:00Z`, to: `${to}T00:00:00Z` } })

describe('the drawing of a scope', () => {
  it('puts days on the twelve months that end with them', () => {
    const { bars, ticks, text, unlimited } = drawDays(intrusionOf([clause(between('2026-03-01', '2026-03-15'))]), NOW)
    assert.equal(ticks.map(({ label }) => label).join(''), 'AMJJASONDJFM')
    assert.equal(bars.length, 1)
    assert((bars[0]?.x ?? 0) > 270 && (bars[0]?.width ?? 0) > 5)
    assert.deepEqual([text, unlimited], ['14 days in one run.', false])
  })

  it('says the year where it begins, and of the first month unless the next begins beside it', () => {
    const years = (from: string, to: string) =>
      drawDays(intrusionOf([clause(between(from, to))]), NOW).ticks.map(({ label, year = '' }) => label + year)
    assert.deepEqual(years('2026-03-01', '2026-03-15').slice(0, 10).join(' '), 'A2025 M J J A S O N D J2026')
    assert.deepEqual(years('2026-11-01', '2026-11-15').slice(0, 3).join(' '), 'D J2026 F')
    assert.deepEqual(years('2026-12-01', '2026-12-15')[0], 'J2026')
  })

  it('draws no kind from an app that holds none of it', () => {
    const both = clause({ records: ['message', 'call', 'location'], apps: ['sms', 'phone', 'Some app'] })
    const { rows, columns, text } = drawGrid(intrusionOf([both]))
    const at = (label: string) => columns.find((column) => column.label === label)?.x
    assert.deepEqual(
      rows.map(({ taken }) => taken.length),
      [2, 2, 3],
    )
    assert(!rows[0]?.taken.includes(at('Call list') ?? 0))
    assert(!rows[1]?.taken.includes(at('Texts') ?? 0))
    assert.match(text, /^Messages: Texts, Some app; Calls: Call list, Some app; Places: /)
    assert.match(drawGrid(intrusionOf([clause({ records: ['call'], apps: ['camera'] })])).text, /none of these apps/)
  })

  it('puts a longer time on whole years', () => {
    const { ticks, bars, text } = drawDays(
      intrusionOf([clause(between('2023-02-01', '2023-02-02')), clause(between('2026-03-01', '2026-03-02'))]),
      NOW,
    )
    assert.deepEqual(
      ticks.map(({ label }) => label),
      ['2023', '2024', '2025', '2026'],
    )
    assert.equal(bars.length, 2)
    assert.match(text, /^2 days, spread over 1,?\d+\.$/)
  })

  it('shows a day, however short on a year, and nothing outside its frame', () => {
    for (const window of [between('2026-03-01', '2026-03-02'), between('2006-03-01', '2026-03-02')]) {
      const { bars, ticks } = drawDays(intrusionOf([clause(window)]), NOW)
      for (const { x, width } of bars) assert(width >= 2 && x >= 0 && x + width <= 302, `${x} ${width}`)
      assert(ticks.length <= 12)
    }
  })

  it('says that there is no limit, and that nothing is asked for', () => {
    assert.deepEqual(drawDays(intrusionOf([clause()]), NOW).unlimited, true)
    assert.match(drawDays(intrusionOf([]), NOW).text, /nothing is asked for/)
    assert.match(drawGrid(intrusionOf([])).text, /nothing is asked for/)
  })

  it('says in words what the grid shows, apps that have no room included', () => {
    const many = Array.from({ length: 10 }, (_, at) => `app ${at}`)
    const grid = drawGrid(intrusionOf([clause({ apps: many }), clause({ records: ['call'], apps: undefined })]))
    assert.equal(grid.columns.length, 6)
    assert.deepEqual(
      grid.rows.map(({ label }) => label),
      ['Messages', 'Calls'],
    )
    assert.equal(grid.every.length, 1)
    assert.match(grid.text, /^Messages: app 0, .*; Calls: every app\. 4 more apps are not drawn\.$/)
  })
})
