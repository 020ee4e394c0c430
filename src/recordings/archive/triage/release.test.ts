import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { items, registers } from '../match/generated-archives.fixture.ts'
import { type Match, matchArchive } from '../match/match.ts'
import { type ReasonCode, REASONS } from '../match/reason.ts'
import { anItem, someRegisters } from '../match/some-registers.fixture.ts'
import { freezeBatch } from './batch.ts'
import { mayDestroy } from './may-destroy.ts'
import { applyReleases, mayBeReleased, type Release, settling } from './release.ts'

const NOW = 2
const KEY = new Uint8Array(32).fill(7)
const AT = '2026-11-21T10:00:00Z'
const of = (match: Match) => match.follows?.class ?? match.class
const releaseOf = (match: Match, id = 'R-1'): Release => ({ id, item: match.item.id, ...settling(match.reasons, KEY) })
const one = (list: readonly Match[], id: string) => list.find(({ item }) => item.id === id) as Match

const archive = [
  anItem({ device: undefined }),
  anItem({ id: 'item-2', device: undefined }),
  anItem({ id: 'item-3', sha256: 'b'.repeat(64) }),
]
const match = (given: Partial<ReturnType<typeof someRegisters>> = {}, list = archive) =>
  matchArchive(list, { ...someRegisters(), ...given }, NOW)

test('E14: what a release settles is proposed with its copies, says so, and is a batch whose rule is that it was released', () => {
  const found = match()
  assert.deepEqual(applyReleases(found, [], KEY), found)
  const freed = applyReleases(found, [releaseOf(one(found, 'item-1'))], KEY)
  assert.deepEqual(
    freed.map((each) => [each.class, of(each), each.released]),
    [
      ['E', 'E', 'R-1'],
      ['F', 'E', 'R-1'],
      ['E', 'E', undefined],
    ],
  )
  assert.equal(one(freed, 'item-1').reasons.at(-1)?.code, 'released')
  const proposal = { id: 'B-1', proposer: 'role-1', proposedAt: AT, decision: 'DEC-1', key: KEY }
  const batch = freezeBatch(freed, proposal)
  assert.deepEqual(Object.fromEntries(batch.items.map(({ id, rule, decision }) => [id, `${rule} ${decision}`])), {
    'item-1': 'released R-1',
    'item-2': 'exact_copy R-1',
    'item-3': 'no_tie DEC-1',
  })
  const yes = [{ by: 'role-2', root: batch.root, says: 'approve', at: AT } as const]
  assert.equal(mayDestroy(batch, yes, freed, [], NOW).may, true)
  assert.deepEqual(mayDestroy(batch, yes, found, [], NOW).pulled, ['item-1', 'item-2'])
  assert.throws(
    () =>
      freezeBatch(
        freed.map((each) => ({ ...each, released: '07700900123' })),
        proposal,
      ),
    {
      code: 'NOT_OF_ITS_FORM',
    },
  )
})

test('E14: neither a new code, nor another case under the same code, nor what may never be released, is settled by a release', () => {
  const number = '+447700900123'
  const cases = (occurrence: string, live = false) => [
    {
      line: 2,
      occurrence,
      live,
      oic: 'PC1234',
      team: [],
      parties: [{ number, role: 'other' as const }],
      during: { from: -Infinity, to: Infinity },
    },
  ]
  const alone = [anItem({ named: { recorder: 'made', numbers: [number], started: anItem({}).named?.started } })]
  const own = (occurrence: string, live = false) => match({ cases: cases(occurrence, live) }, alone)
  const before = own('OC/1')
  assert.deepEqual(
    before[0]?.reasons.map(({ code }) => code),
    ['own_case'],
  )
  const release = releaseOf(before[0] as Match)
  assert.equal(applyReleases(before, [release], KEY)[0]?.class, 'E')
  assert.equal(applyReleases(own('OC/2'), [release], KEY)[0]?.class, 'B')
  assert.equal(applyReleases(own('OC/1', true), [release], KEY)[0]?.class, 'B')
  const live = own('OC/1', true)
  assert.equal(applyReleases(live, [releaseOf(live[0] as Match)], KEY)[0]?.class, 'B')
  const damaged = match({}, [anItem({ audio: { container: 'amr', state: 'damaged' } })])
  assert.equal(applyReleases(damaged, [{ ...release, item: 'item-1' }], KEY)[0]?.class, 'D')
  for (const code of ['operation', 'operation_possible', 'live_case', 'hold'] as const)
    assert.equal(mayBeReleased(code), false)
})

test('E14: an item of class E is not taken at its word: what is tied is not destroyed, whoever says that it was released', () => {
  const found = match({ holds: [] }, [anItem({})])
  const tied = {
    ...(found[0] as Match),
    released: 'R-1',
    reasons: [{ code: 'live_case', says: '', targets: ['OC/1'] }],
  } as Match
  const proposal = { id: 'B-1', proposer: 'role-1', proposedAt: AT, decision: 'DEC-1', key: KEY }
  const batch = freezeBatch([tied], proposal)
  const yes = { by: 'role-2', root: batch.root, says: 'approve', at: AT } as const
  assert.deepEqual(mayDestroy(batch, [yes], [tied], [], NOW).pulled, ['item-1'])
  // Free when it was frozen, and free now only by an old release: somebody looks again.
  const was = freezeBatch(found, proposal)
  const now = { ...(found[0] as Match), released: 'R-1' } as Match
  const approved = [{ ...yes, root: was.root }]
  assert.deepEqual(mayDestroy(was, approved, [now], [], NOW).pulled, ['item-1'])
})

test('E14: whatever is released, nothing goes of which any reason is unnamed, has a new target, or may never be settled; and nothing else changes', () => {
  const never = new Set<ReasonCode>(['operation', 'operation_possible', 'live_case', 'hold'])
  let freed = 0
  fc.assert(
    fc.property(items, registers, registers, fc.array(fc.tuple(fc.nat(5), fc.boolean())), (list, then, now, chosen) => {
      const seen = matchArchive(list, then, NOW)
      const releases = chosen.flatMap(([at, isOfAll], id) => {
        const found = seen[at]
        if (found === undefined) return []
        const reasons = isOfAll ? found.reasons : found.reasons.slice(1)
        return [{ id: `R-${id}`, item: found.item.id, ...settling(reasons, KEY) }]
      })
      for (const given of [then, now]) {
        const found = matchArchive(list, given, NOW)
        const after = applyReleases(found, releases, KEY)
        for (const [at, match] of after.entries()) {
          const before = found[at] as Match
          if (match.released === undefined) {
            assert.deepEqual(match, before)
            continue
          }
          freed++
          assert.equal(of(match), 'E')
          const by = releases.find(({ id }) => id === match.released) as Release
          const master = one(found, before.follows?.id ?? before.item.id)
          assert.equal(one(seen, by.item).item.sha256, match.item.sha256)
          const named = settling(master.reasons, KEY)
          for (const code of named.codes) assert.ok(by.codes.includes(code) && !never.has(code))
          for (const target of named.targets) assert.ok(by.targets.includes(target))
          assert.equal(one(after, master.item.id).released, match.released)
        }
      }
    }),
    { numRuns: 3000 },
  )
  assert.ok(freed > 100, `${freed} were released: the property says something`)
  for (const code of never) assert.ok(REASONS[code][0] !== 'E')
})
