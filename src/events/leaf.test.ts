import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { canonical } from '../records/index.ts'
import { EventError } from './errors.ts'
import { leafFor, type LeafParts, MAX_LEAF, parseLeaf } from './leaf.ts'
import { isPseudonym, newPseudonym } from './pseudonym.ts'
import { EVENT_KINDS, kindOf } from './registry.ts'

const digest = Buffer.alloc(32, 1).toString('base64url')
const pseudonym = newPseudonym((bytes) => new Uint8Array(bytes).fill(9))
const at = new Date('2026-11-21T19:14:59.999Z')

const someParts: fc.Arbitrary<LeafParts> = fc
  .record({
    kind: fc.constantFrom(...EVENT_KINDS),
    digest: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
    at: fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
    casePseudonym: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => newPseudonym(() => bytes)),
    n: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    authorisation: fc.maxSafeNat(),
  })
  .map(({ casePseudonym, n, authorisation, ...rest }) => ({
    ...rest,
    ...(kindOf(rest.kind).inCase === 'never' ? {} : { casePseudonym, n }),
    ...(kindOf(rest.kind).under === 'never' ? {} : { authorisation }),
  }))

describe('a leaf', () => {
  it('is canonical JSON of at most a kibibyte, and comes back as it was', () => {
    fc.assert(
      fc.property(someParts, (parts) => {
        const bytes = leafFor(parts)
        const leaf = parseLeaf(bytes)
        assert.equal(Buffer.from(bytes).toString(), canonical(leaf))
        assert(bytes.length <= MAX_LEAF)
        const { kind: k, digest: e, casePseudonym: c, n, authorisation: a } = parts
        const given = Object.fromEntries(Object.entries({ a, c, e, k, n }).filter(([, value]) => value !== undefined))
        assert.deepEqual(leaf, { ...given, t: `${parts.at.toISOString().slice(0, 16)}Z`, v: 1 })
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('looks as it is published', () => {
    const leaf = leafFor({
      kind: 'extraction.finished',
      digest,
      at,
      casePseudonym: pseudonym,
      n: 17,
      authorisation: 10231,
    })
    assert.equal(
      Buffer.from(leaf).toString(),
      `{"a":10231,"c":"CQkJCQkJCQkJCQkJCQkJCQ","e":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE","k":"extraction.finished","n":17,"t":"2026-11-21T19:14Z","v":1}`,
    )
  })

  it('is not written without the case or the authorisation that its kind belongs to, nor with one that it does not', () => {
    const inCase = { casePseudonym: pseudonym, n: 1 }
    const bad: LeafParts[] = [
      { kind: 'case.opened', digest, at },
      { kind: 'case.opened', digest, at, casePseudonym: pseudonym },
      { kind: 'case.opened', digest, at, n: 1 },
      { kind: 'case.opened', digest, at, ...inCase, n: 0 },
      { kind: 'case.opened', digest, at, ...inCase, casePseudonym: 'case-17' },
      { kind: 'case.opened', digest, at, ...inCase, authorisation: 1 },
      { kind: 'case.opened', digest: `${digest}A`, at, ...inCase },
      { kind: 'case.opened', digest: `${digest.slice(0, -1)}B`, at, ...inCase },
      { kind: 'item.viewed', digest, at, ...inCase },
      { kind: 'item.viewed', digest, at, ...inCase, authorisation: -1 },
      { kind: 'access.signed_in', digest, at, ...inCase },
      { kind: 'case.lost' as 'case.opened', digest, at, ...inCase },
    ]
    for (const parts of bad) assert.throws(() => leafFor(parts), { name: 'EventError' })
  })

  it('may be of a kind that this version does not know', () => {
    const later = `{"e":"${digest}","k":"phone.eaten","t":"2026-11-21T19:14Z","v":1}`
    assert.equal(parseLeaf(Buffer.from(later)).k, 'phone.eaten')
  })

  it('is refused in any other writing', () => {
    const good = Buffer.from(leafFor({ kind: 'case.opened', digest, at, casePseudonym: pseudonym, n: 1 })).toString()
    const bad = [
      '',
      '{}',
      'null',
      '[]',
      ` ${good}`,
      `${good}\n`,
      good.replace('"n":1', '"n":01'),
      good.replace('"n":1', '"n":1.0'),
      good.replace('"n":1', '"n":1e0'),
      good.replace('"n":1,', ''),
      good.replace('"v":1', '"v":2'),
      good.replace('"v":1', '"v":1,"w":1'),
      good.replace('{', '{"v":1,'),
      good.replace('"c"', '"\\u0063"'),
      good.replace('19:14Z', '24:14Z'),
      good.replace('case.opened', 'Case.opened'),
      good.replace('case.opened', 'caseopened'),
      good.replace('case.opened', `case.${'x'.repeat(2000)}`),
      good.replace('case.opened', 'case.\u00e9'),
      good.replace('{', '{"a":null,'),
    ]
    for (const text of bad) assert.throws(() => parseLeaf(Buffer.from(text)), { code: 'NOT_A_LEAF' }, text)
  })

  it('is refused with a reason whatever the bytes, and nothing crashes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          try {
            parseLeaf(bytes)
            assert.fail()
          } catch (error) {
            assert(error instanceof EventError)
          }
        },
      ),
      { seed: 2, numRuns: 1000 },
    )
  })
})

describe('a pseudonym', () => {
  it('is 22 characters in one writing, and nothing but chance', () => {
    assert.equal(pseudonym.length, 22)
    assert(isPseudonym(pseudonym) && !isPseudonym(`${pseudonym.slice(0, -1)}B`) && !isPseudonym(''))
    assert.throws(() => newPseudonym(() => new Uint8Array(15)))
  })
})
