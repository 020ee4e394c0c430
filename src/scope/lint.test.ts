import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { RECORD_KINDS } from '../records/index.ts'
import { covers } from './cover.ts'
import type { Facts } from './facts.ts'
import { lintScope } from './lint.ts'
import { match, ready } from './match.ts'
import type { Clause } from './scope.ts'

/** A clause that nothing is wrong with. */
const narrow: Clause = {
  id: 'C1',
  line_of_enquiry: 'L1',
  records: ['message'],
  apps: ['sms'],
  between: { from: '2026-03-01T00:00:00Z', to: '2026-03-15T00:00:00Z' },
  with: ['+447700900123'],
}

function codes(changes: Partial<Clause>): string[] {
  return lintScope([{ ...narrow, ...changes }]).map(({ code }) => code)
}

describe('the warnings about a scope', () => {
  it('are none where the clause is narrow', () => {
    assert.deepEqual(codes({}), [])
    assert.deepEqual(codes({ with: undefined, containing: { any: ['riverside'] } }), [])
    assert.deepEqual(codes({ context: 20, attachments: true }), [])
  })

  it('notice a scope that takes nothing', () => {
    assert.deepEqual(
      lintScope([]).map(({ code }) => code),
      ['no_clauses'],
    )
  })

  it('notice what does not limit', () => {
    assert.deepEqual(codes({ between: undefined }), ['no_time_limit'])
    assert.deepEqual(codes({ with: undefined }), ['no_party_or_keyword'])
    assert.deepEqual(codes({ apps: undefined }), ['all_apps'])
    const everything = { between: undefined, with: undefined, apps: undefined }
    assert.deepEqual(codes(everything), ['everything', 'no_time_limit', 'no_party_or_keyword', 'all_apps'])
  })

  it('notice a period longer than 90 days, and not one of 90 days', () => {
    const from = '2026-01-01T00:00:00Z'
    assert.deepEqual(codes({ between: { from, to: '2026-04-01T00:00:00Z' } }), [])
    assert.deepEqual(codes({ between: { from, to: '2026-04-01T00:00:00.001Z' } }), ['long_period'])
  })

  it('notice attachments of everybody about everything', () => {
    const wide = { with: undefined, attachments: true }
    assert.deepEqual(codes(wide), ['no_party_or_keyword', 'attachments_without_need'])
    const near = { lat: 51.5, lon: -0.12, radius_metres: 500 }
    assert.deepEqual(codes({ ...wide, records: ['media_item'], near }), [])
  })

  it('do not ask of contacts or pictures what they cannot have', () => {
    assert.deepEqual(codes({ records: ['contact'], between: undefined }), [])
    assert.deepEqual(codes({ records: ['media_item'], with: undefined }), ['no_party_or_keyword'])
  })

  it('notice words that nothing contains, and words that everything contains', () => {
    assert.deepEqual(codes({ containing: { any: ['…', 'ok', 'x1', 'the', 'THE', 'riverside'] } }), [
      'keyword_never_matches',
      'keyword_common',
      'keyword_short',
      'keyword_common',
      'keyword_common',
    ])
    assert.match(lintScope([{ ...narrow, containing: { all: ['…'] } }])[0]?.message ?? '', /whole clause takes nothing/)
    assert.deepEqual(codes({ containing: { any: ['水', 'да', '😀'] } }), [])
  })

  it('notice addresses that nobody can have', () => {
    assert.deepEqual(codes({ with: ['…'] }), ['person_never_matches'])
    assert.deepEqual(codes({ with: ['07700900', '66777', 'CoopMobile', 'name@example.org', '020 7946 0123'] }), [])
    assert.deepEqual(codes({ with: ['00000000000000', '07700 9001234', '+4477009001'] }), [
      'person_doubtful',
      'person_doubtful',
      'person_doubtful',
    ])
  })

  it('notice a reach that takes in others', () => {
    assert.deepEqual(codes({ context: 21 }), ['large_context'])
    assert.deepEqual(codes({ records: ['call'], context: 1 }), ['context_without_messages'])
    assert.deepEqual(codes({ near: { lat: 0, lon: 0, radius_metres: 5001 } }), ['large_radius'])
    assert.deepEqual(codes({ near: { lat: 0, lon: 0, radius_metres: 5000 } }), [])
  })

  it('notice kinds that can never pass a condition', () => {
    assert.deepEqual(codes({ records: ['message', 'contact'] }), ['kind_without_time'])
    assert.deepEqual(codes({ records: ['message', 'media_item'] }), ['kind_without_party'])
    assert.deepEqual(codes({ records: ['message', 'call'], containing: { any: ['riverside'] } }), ['kind_without_text'])
    const near = { lat: 0, lon: 0, radius_metres: 500 }
    assert.deepEqual(codes({ records: ['message', 'call'], near }), ['kind_without_place'])
  })

  it('notice a clause inside another, and of two equal ones the second', () => {
    const inner: Clause = { ...narrow, id: 'C2', containing: { any: ['meet me'] } }
    const found = (scope: Clause[]) =>
      lintScope(scope).flatMap(({ code, clause }) => (code === 'clause_inside_another' ? [clause] : []))
    assert.deepEqual(found([narrow, inner]), ['C2'])
    assert.deepEqual(found([inner, narrow]), ['C2'])
    assert.deepEqual(found([narrow, { ...narrow, id: 'C2', with: ['07700 900123'] }]), ['C2'])
    assert.deepEqual(found([narrow, { ...inner, context: 1 }]), [])
    assert.deepEqual(found([narrow, { ...inner, attachments: true }]), [])
  })

  it('say yes to “inside” only if every record of the inner clause is one of the outer', () => {
    let inside = 0
    fc.assert(
      fc.property(
        aClause,
        aClause,
        fc.subarray([...FIELDS]),
        fc.array(someFacts, { minLength: 5, maxLength: 12 }),
        (outer, other, kept, all) => {
          // Mostly alike, so that one is often inside the other.
          const inner = { ...other, ...Object.fromEntries(kept.map((field) => [field, outer[field]])) }
          if (!covers(outer, inner)) return
          inside++
          for (const facts of all)
            if (match(facts, [ready(inner)]).admitted) assert(match(facts, [ready(outer)]).admitted)
        },
      ),
      { seed: 9, numRuns: 5000 },
    )
    assert(inside > 100)
  })

  it('cover every kind of record', () => {
    for (const kind of RECORD_KINDS) lintScope([{ ...narrow, records: [kind], containing: { any: ['x'] } }])
  })
})

const FIELDS = ['records', 'apps', 'between', 'with', 'containing', 'near'] as const
const INSTANTS = ['2026-03-01T00:00:00Z', '2026-03-02T01:00:00+01:00', '2026-03-03T00:00:00Z']
const WORDS = ['meet', 'Meet me', 'lift', 'lift home', '…', 'me']
const PEOPLE = ['+447700900123', '07700 900123', '447700900124@s.whatsapp.net', 'name@example.org']

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 })
const aPoint = fc.record({ lat: fc.constantFrom(51.5, 51.505), lon: fc.constantFrom(-0.12, -0.121) })

const aClause: fc.Arbitrary<Clause> = fc.record({
  id: fc.constant('C1'),
  line_of_enquiry: fc.constant('L1'),
  records: some(['message', 'call'] as const),
  apps: maybe(some(['sms', 'whatsapp'])),
  between: maybe(
    fc
      .constantFrom([0, 1], [0, 2], [1, 2])
      .map(([from, to]) => ({ from: INSTANTS[from as number] as string, to: INSTANTS[to as number] as string })),
  ),
  with: maybe(some(PEOPLE)),
  containing: maybe(
    fc.oneof(
      some(WORDS).map((any) => ({ any })),
      some(WORDS).map((all) => ({ all })),
    ),
  ),
  near: maybe(
    fc.tuple(aPoint, fc.constantFrom(10, 600, 2000)).map(([point, radius_metres]) => ({ ...point, radius_metres })),
  ),
})

const someFacts: fc.Arbitrary<Facts> = fc.record({
  kind: fc.constantFrom('message', 'call'),
  app: fc.constantFrom('sms', 'whatsapp'),
  time: maybe(fc.constantFrom(...INSTANTS.flatMap((text) => [Date.parse(text) - 1, Date.parse(text)]))),
  addresses: fc.subarray(PEOPLE),
  place: maybe(aPoint),
  body: maybe(fc.constantFrom('Meet me', 'meet', 'a lift home', 'lift', 'meet me at home, no lift', '')),
})
