import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { items, registers } from './generated-archives.fixture.ts'
import { type Said, slowly } from './match-oracle.fixture.ts'
import { type Match, matchArchive } from './match.ts'
import { CLASSES } from './reason.ts'
import type { Registers } from './rows.ts'

const NOW = 2
const RUNS = { numRuns: 4000 }
const of = (match: Match) => match.follows?.class ?? match.class
const EMPTY: Registers = {
  holdings: [],
  bills: [],
  operations: [],
  cases: [],
  holds: [],
  protected: [],
  statements: [],
}

test('E14: nothing that has any tie, of which anything that matters is unknown, or a copy of which has a tie, is ever proposed', () => {
  let proposed = 0
  fc.assert(
    fc.property(items, registers, (archive, given) => {
      const said = new Map(archive.map((item) => [item.id, slowly(item, given, NOW)]))
      for (const match of matchArchive(archive, given, NOW)) {
        if (of(match) !== 'E') continue
        proposed++
        const { ties, doubts } = said.get(match.item.id) as Said
        assert.deepEqual([...ties], [])
        // A copy may say less of itself than what it follows; never anything else.
        const lessOnly = new Set(['number_unknown', 'time_unknown', 'holder_unknown'])
        assert.deepEqual(match.class === 'E' ? [...doubts] : [...doubts].filter((one) => !lessOnly.has(one)), [])
        const copies = archive.filter(({ sha256 }) => sha256 === match.item.sha256)
        for (const { id } of copies) assert.equal(said.get(id)?.ties.size, 0)
      }
    }),
    RUNS,
  )
  assert.ok(proposed > 50, `${proposed} were proposed: the property says something`)
})

test('every tie and every doubt is the one that the slowest reading of the rules finds', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(items, registers, (archive, given) => {
      // Each with bytes of its own: what copies do to one another is another property.
      const apart = archive.map((item, at) => ({ ...item, sha256: String(at).repeat(64), duplicateOf: undefined }))
      for (const { item, reasons, facts } of matchArchive(apart, given, NOW)) {
        const { ties, doubts, numbers, holders, lastsMs } = slowly(item, given, NOW)
        const ours = reasons.flatMap(({ code, rule, targets }) =>
          rule === undefined ? [] : targets.length === 0 ? [`${code} `] : targets.map((one) => `${code} ${one}`),
        )
        assert.deepEqual(ours.sort(), [...ties].sort())
        const open = reasons.filter(({ rule }) => rule === undefined).map(({ code }) => code)
        const known = open.filter((code) => code !== 'no_tie' && code !== 'likely_copy_tied')
        assert.deepEqual(known.sort(), [...doubts].sort())
        assert.deepEqual(facts.numbers, [...numbers].sort())
        assert.deepEqual(facts.holders, [...holders].sort())
        assert.equal(facts.durationMs, lastsMs)
        for (const { code } of reasons) seen.add(code)
      }
    }),
    RUNS,
  )
  for (const code of ['operation', 'operation_possible', 'own_case', 'live_case', 'hold', 'protected_number', 'no_tie'])
    assert.ok(seen.has(code), code)
  for (const code of ['bill_disagrees', 'bill_ambiguous', 'sources_disagree', 'holder_unsure', 'likely_copy_tied'])
    assert.ok(seen.has(code), code)
})

test('what is proposed does not depend on the order of items or of rows', () => {
  const orders = fc.record({ seed: fc.integer() })
  fc.assert(
    fc.property(items, registers, orders, (archive, given, { seed }) => {
      let state = seed
      const shuffled = <Value>(list: readonly Value[]): Value[] => {
        const left = [...list]
        return list.map(() => {
          state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
          return left.splice(state % left.length, 1)[0] as Value
        })
      }
      const turned = Object.fromEntries(
        Object.entries(given).map(([name, rows]) => [name, shuffled<unknown>(rows)]),
      ) as unknown as Registers
      assert.deepEqual(matchArchive(shuffled(archive), turned, NOW), matchArchive(archive, given, NOW))
    }),
    RUNS,
  )
})

test('one more row of what ties never frees an item that was not free', () => {
  const ties = ['operations', 'cases', 'holds', 'protected', 'statements'] as const
  fc.assert(
    fc.property(items, registers, fc.constantFrom(...ties), (archive, given, table) => {
      const less = { ...given, [table]: [] }
      const free = (all: Registers) =>
        new Set(matchArchive(archive, all, NOW).flatMap((match) => (of(match) === 'E' ? [match.item.id] : [])))
      const before = free(less)
      for (const id of free(given)) assert.ok(before.has(id))
    }),
    RUNS,
  )
})

test('of every item one class is proposed with its reasons, a copy has what its master has, and nobody is known to nothing', () => {
  fc.assert(
    fc.property(items, registers, (archive, given) => {
      const found = matchArchive(archive, given, NOW)
      assert.deepEqual(
        found.map(({ item }) => item.id),
        archive.map(({ id }) => id).sort(),
      )
      for (const match of found) {
        assert.ok(CLASSES.includes(match.class) && match.reasons.length > 0)
        if (match.class !== 'F') continue
        const master = found.find(({ item }) => item.id === match.follows?.id) as Match
        assert.equal(master.item.sha256, match.item.sha256)
        assert.equal(master.class, match.follows?.class)
        for (const { code, rule, targets } of match.reasons)
          if (rule !== undefined) {
            const same = master.reasons.find((one) => one.code === code)
            assert.ok(same && targets.every((one) => same.targets.includes(one)))
          }
      }
      for (const match of matchArchive(archive, EMPTY, NOW)) assert.equal(of(match), 'D')
    }),
    { numRuns: 1000 },
  )
})
