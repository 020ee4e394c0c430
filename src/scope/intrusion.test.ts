import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { FEWEST, intrusionOf, measureOf, usualOf } from './intrusion.ts'
import type { Clause } from './scope.ts'

const clause = (changes: Partial<Clause> = {}): Clause => ({
  id: 'C1',
  line_of_enquiry: 'L1',
  records: ['message'],
  apps: ['whatsapp'],
  between: { from: '2026-03-01T00:00:00Z', to: '2026-03-03T00:00:00Z' },
  with: ['+447700900123'],
  ...changes,
})

describe('the intrusion of a scope', () => {
  it('is nothing where nothing is asked for', () => {
    assert.deepEqual(intrusionOf([]), {
      days: 0,
      windows: [],
      kinds: [],
      apps: [],
      cells: [],
      parties: 0,
      words: 0,
      places: 0,
      media: false,
      context: 0,
    })
  })

  it('counts days once however many clauses cover them, and begun days whole', () => {
    const overlapping = clause({ between: { from: '2026-03-02T00:00:00Z', to: '2026-03-04T12:00:00Z' } })
    assert.equal(intrusionOf([clause(), overlapping]).days, 4)
    assert.equal(
      intrusionOf([clause(), clause({ between: { from: '2026-05-01T23:00:00Z', to: '2026-05-01T23:30:00Z' } })]).days,
      3,
    )
  })

  it('counts a week as seven days when the clocks go back in it', () => {
    const week = { from: '2026-10-21T00:00:00+01:00', to: '2026-10-28T00:00:00Z' }
    assert.equal(intrusionOf([clause({ between: week })]).days, 7)
  })

  it('counts a person once, however the number is written', () => {
    assert.equal(intrusionOf([clause(), clause({ with: ['07700 900123', '07700900456'] })]).parties, 2)
  })

  it('has no limit where one clause has none', () => {
    const wide = clause({ apps: undefined, between: undefined, with: undefined })
    const { days, apps, parties, windows } = intrusionOf([clause(), wide])
    assert.deepEqual([days, apps, parties, windows.length], [undefined, undefined, undefined, 1])
  })

  it('is not made limitless by kinds that have no time or no words to limit', () => {
    const contacts = clause({ records: ['contact'], apps: ['contacts'], between: undefined, containing: undefined })
    assert.equal(intrusionOf([clause({ containing: { any: ['meet'] } }), contacts]).days, 2)
    assert.equal(intrusionOf([clause({ containing: { any: ['meet'] } }), contacts]).words, 1)
  })

  it('keeps apart which app is asked for which kind', () => {
    assert.deepEqual(intrusionOf([clause(), clause({ records: ['call'], apps: undefined })]).cells, [
      { kind: 'message', apps: ['whatsapp'] },
      { kind: 'call' },
    ])
  })

  it('has context only around messages, and files only where a clause takes them', () => {
    assert.equal(intrusionOf([clause({ records: ['call'], context: 9 })]).context, 0)
    assert.equal(intrusionOf([clause({ context: 9 })]).context, 9)
    assert.equal(intrusionOf([clause(), clause({ attachments: true })]).media, true)
  })
})

describe('what is usual', () => {
  it('is not said while fewer than five were granted', () => {
    assert.equal(usualOf(Array.from({ length: FEWEST - 1 }, () => intrusionOf([clause()]))), undefined)
  })

  it('is the median, and no limit counts as more than any', () => {
    const wide = intrusionOf([clause({ between: undefined })])
    const usual = usualOf([wide, wide, wide, intrusionOf([clause()]), intrusionOf([clause({ attachments: true })])])
    assert.equal(usual?.days, Number.POSITIVE_INFINITY)
    assert.deepEqual([usual?.kinds, usual?.parties, usual?.media, usual?.of], [1, 1, 0.2, 5])
    assert.equal(measureOf(wide, 'days'), Number.POSITIVE_INFINITY)
  })
})
