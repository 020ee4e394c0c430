import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { assertEvent, checkDetails } from './check-event.ts'
import { OPERATIONS } from './kind.ts'
import { detailsOf, someEvent } from './random-events.fixture.ts'
import { EVENT_KINDS, EVENTS, type EventKind, isEventKind, kindOf } from './registry.ts'

// Kinds that others who check our log know by name.
const PUBLISHED = `
  authorisation.requested authorisation.granted authorisation.refused authorisation.varied authorisation.expired
  extraction.started extraction.finished extraction.failed item.viewed item.exported item.disclosed key.granted key.rotated
  destruction.due destruction.authorised destruction.done policy.changed build.released witness.changed log.restored`

describe('the registry', () => {
  it('has every kind that is published, and names all alike', () => {
    for (const kind of PUBLISHED.trim().split(/\s+/)) assert(isEventKind(kind), kind)
    for (const kind of EVENT_KINDS) assert.match(kind, /^[a-z]+(?:_[a-z]+)*\.[a-z]+(?:_[a-z]+)*$/)
    assert(!isEventKind('toString') && !isEventKind('case.opened '))
  })

  it('says of each kind in a sentence what happened', () => {
    for (const kind of EVENT_KINDS) assert.match(kindOf(kind).says, /^[A-Z].*\.$/, kind)
    assert.equal(new Set(EVENT_KINDS.map((kind) => kindOf(kind).says)).size, EVENT_KINDS.length)
  })

  it('covers every operation that section 62 names', () => {
    for (const operation of OPERATIONS)
      assert(
        EVENT_KINDS.some((kind) => kindOf(kind).covers === operation),
        operation,
      )
  })

  it('lets people write freely only where a reason or a recipient must be given, and nowhere near material', () => {
    const free = EVENT_KINDS.flatMap((kind) =>
      Object.entries(kindOf(kind).fields)
        .filter(([, field]) => field.free)
        .map(([name]) => `${kind} ${name}`),
    )
    assert.deepEqual(free, [
      'item.disclosed recipient',
      'hold.set reason',
      'hold.lifted reason',
      'destruction.refused reason',
      'policy.changed reason',
    ])
  })

  it('asks for a case wherever it asks for an authorisation', () => {
    for (const kind of EVENT_KINDS) {
      const { inCase, under } = kindOf(kind)
      if (under === 'live' || under === 'granted') assert.equal(inCase, 'always', kind)
      if (inCase === 'never') assert.equal(under, 'never', kind)
    }
  })

  it('keeps no account of what was destroyed beyond ids, counts and digests', () => {
    for (const kind of EVENT_KINDS.filter((one) => kindOf(one).covers === 'erasure'))
      for (const { form } of Object.values(kindOf(kind).fields))
        assert(['an id', 'a digest', 'a count', 'yes or no'].includes(form), kind)
  })
})

describe('the details of an event', () => {
  it('hold where they are as the registry asks', () => {
    for (const kind of EVENT_KINDS)
      fc.assert(
        fc.property(detailsOf(kind), (details) => assert.deepEqual(checkDetails(kind, details), [], kind)),
        { seed: 1, numRuns: 20 },
      )
  })

  it('do not hold with a member more, less, or of another form', () => {
    fc.assert(
      fc.property(someEvent, fc.anything(), ({ kind, details }, other) => {
        assert.equal(checkDetails(kind, { ...details, telephone: '07700 900123' }).length, 1)
        for (const name of Object.keys(details)) {
          const { [name]: _, ...rest } = details as Record<string, unknown>
          assert.equal(checkDetails(kind, rest).length, kindOf(kind).fields[name]?.optional ? 0 : 1)
          for (const wrong of [null, Number.NaN, -1, '', ' ', [], [[]], { a: -1 }, '07700 900123', other])
            if (!kindOf(kind).fields[name]?.is(wrong) && wrong !== undefined)
              assert.equal(checkDetails(kind, { ...details, [name]: wrong })[0]?.field, name)
        }
      }),
      { seed: 2, numRuns: 300 },
    )
  })

  it('take no telephone number, address, name or sentence for an id, a word or a code', () => {
    const content = [
      '07700 900123',
      '07700900123',
      '+447700900123',
      '447700900123@s.whatsapp.net',
      'sam@example.org',
      '020 7946 0000',
      'Sam Field',
      'meet me at the station',
      'é',
      'a\nb',
      '',
      'x'.repeat(65),
    ]
    for (const kind of EVENT_KINDS)
      for (const [name, field] of Object.entries(kindOf(kind).fields))
        if (!field.free && !field.form.startsWith('one of'))
          for (const one of content)
            if (!(one === '07700900123' && ['a code', 'a version'].includes(field.form)))
              assert(!field.is(one) && !field.is([one]), `${kind} ${name}`)
  })

  it('are refused in words that repeat nothing of them', () => {
    const assertAny: (kind: EventKind, details: unknown) => void = assertEvent
    assert.throws(
      () => assertAny('case.opened', { case: '07700900123', investigator: 'pc1' }),
      (error: { code?: string; message?: string }) =>
        error.code === 'BAD_DETAILS' && error.message === 'case.opened: case is not an id',
    )
    assert.throws(
      () => assertAny('case.opened', { case: 'c-1', investigator: 'pc1', 'Sam Field': 1 }),
      (error: { message?: string }) => !/Sam/.test(error.message ?? ''),
    )
    assert.throws(() => assertAny('case.lost' as EventKind, {}), { code: 'UNKNOWN_KIND' })
    for (const odd of [null, undefined, [], 'x', 1])
      assert.equal(checkDetails('case.opened', odd).length, 1, String(odd))
  })

  it('have no form that takes days that are not in the calendar', () => {
    const { next_review } = EVENTS['retention.decided'].fields
    assert(next_review.is('2024-02-29') && !next_review.is('2026-02-29') && !next_review.is('2026-04-31'))
    const { valid_until } = EVENTS['authorisation.expired'].fields
    assert(valid_until.is('2026-11-22T09:00:00Z') && !valid_until.is('2026-11-22T25:00:00Z'))
    assert(!valid_until.is('2026-11-22T09:00:00+01:00') && !valid_until.is('2026-02-30T09:00:00Z'))
  })
})
