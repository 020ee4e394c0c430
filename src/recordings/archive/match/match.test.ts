import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Item } from './item.ts'
import { type Match, matchArchive } from './match.ts'
import type { Registers } from './rows.ts'
import { anItem, AT, none, someRegisters } from './some-registers.fixture.ts'

const NOW = Date.UTC(2026, 10, 21)
const match = (items: readonly Item[], registers: Partial<Registers>) =>
  matchArchive(items, { ...someRegisters(), ...registers }, NOW)
const one = (item: Partial<Item>, registers: Partial<Registers> = {}) => match([anItem(item)], registers)[0] as Match
const told = ({ class: found, reasons }: Match) =>
  [found, ...reasons.map(({ code, rule, targets }) => [rule ?? '-', code, ...targets].join(' '))].join('; ')
const always = { from: -Infinity, to: Infinity }
const aCase = {
  line: 2,
  occurrence: 'OC-1',
  live: true,
  team: [],
  parties: [{ number: '+447700900123', role: 'other' as const }],
  during: always,
}

test('a call of which everything is known and nothing ties is proposed for destruction', () => {
  assert.equal(told(one({})), 'E; - no_tie')
})

test('R1: a call in the time of an operation, by somebody who was authorised in it, is kept under it', () => {
  const operation = { line: 2, id: 'OP-1', people: ['PC 1234'], during: { from: AT - 1000, to: AT + 1000 } }
  assert.equal(told(one({}, { operations: [operation] })), 'A; R1 operation OP-1')
  assert.equal(told(one({}, { operations: [{ ...operation, people: ['5678'] }] })), 'E; - no_tie')
  assert.equal(
    told(one({}, { operations: [{ ...operation, during: { from: AT + 1000, to: AT + 2000 } }] })),
    'E; - no_tie',
  )
  // Only partly within, or with an end that could not be read: nobody says that it was authorised.
  const unsure = [
    { from: AT + 500, to: AT + 2000 },
    { ...always, unsure: true as const },
  ]
  for (const during of unsure)
    assert.equal(told(one({}, { operations: [{ ...operation, during }] })), 'D; R1 operation_possible OP-1')
})

test('R2, R3: a party to a live case, or to a case of whoever held the phone, is possible evidence', () => {
  assert.equal(told(one({}, { cases: [aCase] })), 'B; R3 live_case OC-1')
  const closed = { ...aCase, live: false }
  assert.equal(told(one({}, { cases: [closed] })), 'E; - no_tie')
  assert.equal(told(one({}, { cases: [{ ...closed, oic: 'pc1234' }] })), 'B; R2 own_case OC-1')
  assert.equal(told(one({}, { cases: [{ ...closed, team: ['9', 'PC-1234'] }] })), 'B; R2 own_case OC-1')
  assert.equal(
    told(one({}, { cases: [{ ...closed, oic: 'pc1234', during: { from: AT + 1000, to: AT + 2000 } }] })),
    'E; - no_tie',
  )
  // An export with a row a party and a row an officer says the same.
  const rows = [
    { ...closed, during: { from: AT, to: AT } },
    { ...closed, parties: [], oic: 'pc1234' },
  ]
  assert.equal(told(one({}, { cases: rows })), 'B; R2 own_case OC-1')
})

test('E15: a protected number goes before everything else (R4)', () => {
  const registers = {
    cases: [aCase],
    operations: [{ line: 2, id: 'OP-1', people: ['pc1234'], during: always }],
    protected: [{ line: 2, number: '+447700900123', kind: 'solicitor' as const }],
  }
  assert.equal(told(one({}, registers)), 'C; R1 operation OP-1; R3 live_case OC-1; R4 protected_number solicitor')
})

test('D9: a hold on the phone, its holder, a number, a case, the item or everything keeps it, until it is lifted (R5)', () => {
  const closed = [{ ...aCase, live: false }]
  const holds = [
    { on: 'device', target: 'd 1' },
    { on: 'device', target: '35-209900-176148-1' },
    { on: 'holder', target: 'PC1234' },
    { on: 'number', target: '+447700900123' },
    { on: 'number', target: '+447700900999' },
    { on: 'case', target: 'oc/1' },
    { on: 'item', target: 'item-1' },
    { on: 'archive' },
  ] as const
  for (const hold of holds) {
    const lifted = (at: number) => one({}, { cases: closed, holds: [{ line: 2, id: 'H-1', ...hold, lifted: at }] })
    assert.equal(told(lifted(NOW + 1)), 'B; R5 hold H-1', hold.on)
    assert.equal(told(lifted(NOW)), 'E; - no_tie', hold.on)
  }
})

test('E14: what the owner says of an item, a number, a phone or a time counts (R6)', () => {
  const says = (statement: object) =>
    told(one({}, { statements: [{ line: 2, says: 'evidence', during: always, ...statement }] }))
  assert.equal(says({ item: 'item-1', number: '+447700900124' }), 'B; R6 owner_evidence')
  assert.equal(says({ number: '+447700900123' }), 'B; R6 owner_evidence')
  assert.equal(says({ number: '+447700900123', holder: '5678' }), 'E; - no_tie')
  assert.equal(says({ device: 'D-1', says: 'maybe_evidence' }), 'B; R6 owner_evidence')
  assert.equal(says({ holder: 'pc1234', during: { from: AT + 1000, to: AT + 2000 } }), 'E; - no_tie')
  assert.equal(says({ holder: 'pc1234', says: 'confidential' }), 'C; R6 owner_confidential')
  assert.equal(says({ device: 'D-1', says: 'operation' }), 'D; R6 owner_operation')
  assert.equal(says({ device: 'D-1', says: 'unclear' }), 'D; R6 owner_unclear')
  assert.equal(says({ device: 'D-1', says: 'nothing' }), 'E; - no_tie')
  assert.equal(says({ device: 'D-1', says: 'does_not_know' }), 'E; - no_tie')
})

test('D20: what is not known is unresolved, and never guessed', () => {
  const named = anItem({}).named
  const holding = someRegisters().holdings[0]
  assert(named?.started && holding)
  assert.equal(told(one({ named: undefined })), 'D; - number_unknown; - time_unknown')
  assert.equal(told(one({ named: { ...named, numbers: [] } })), 'D; - number_unknown')
  assert.equal(told(one({ named: { ...named, numbers: ['12345678'] } })), 'D; - number_unclear')
  assert.equal(told(one({ named: { ...named, started: undefined } })), 'D; - time_unknown')
  assert.equal(told(one({ device: undefined })), 'D; - holder_unknown')
  assert.equal(told(one({ device: 'D-2' })), 'D; - holder_unknown')
  assert.equal(told(one({ audio: undefined })), 'D; - no_audio')
  assert.equal(told(one({ audio: { container: 'amr', state: 'damaged' } })), 'D; - damaged')
  const handover = [
    { ...holding, during: { from: -Infinity, to: AT + 10 } },
    { ...holding, holder: 'PC5678', during: { from: AT, to: Infinity } },
  ]
  assert.equal(told(one({}, { holdings: handover })), 'D; - holder_disputed')
  assert.equal(told(one({}, { holdings: handover.slice(0, 1) })), 'D; - holder_unsure')
  // In the hour that comes twice it is one person at the one instant, and another at the other.
  const twice = { ...named, started: { ...named.started, at: [AT, AT + 3_600_000] } }
  const later = [
    { ...holding, during: { from: -Infinity, to: AT + 2000 } },
    { ...holding, holder: 'PC5678', during: { from: AT + 2001, to: Infinity } },
  ]
  assert.equal(told(one({ named: twice }, { holdings: later })), 'D; - holder_disputed')
  assert.deepEqual(one({ named: twice }, { holdings: later }).facts.holders, ['pc1234', 'pc5678'])
  // The bill says which of the two it was.
  const bills = [{ line: 9, ours: '+447700900999', other: '+447700900123', began: [{ from: AT, to: AT + 999 }] }]
  const settled = one({ named: twice }, { holdings: later, bills })
  assert.equal(told(settled), 'E; - no_tie')
  assert.equal(settled.facts.beganFrom, 'bill')
})

test('the bill repairs a number and a direction that are missing, and says that it did', () => {
  const named = anItem({}).named
  assert(named)
  const call = {
    line: 9,
    ours: '+447700900999',
    other: '+447700900124',
    began: [{ from: AT - 5000, to: AT - 4001 }],
    durationMs: 55_000,
    direction: 'in' as const,
  }
  const silent = { named: { ...named, numbers: [] } }
  const found = one(silent, { bills: [call] })
  assert.equal(found.class, 'E')
  const { numbers, numbersFrom, direction, directionFrom, beganFrom, durationFrom, billed } = found.facts
  assert.deepEqual(
    { numbers, numbersFrom, direction, directionFrom, beganFrom, durationFrom, billed },
    {
      numbers: ['+447700900124'],
      numbersFrom: 'bill',
      direction: 'in',
      directionFrom: 'bill',
      beganFrom: 'name',
      durationFrom: 'container',
      billed: [9],
    },
  )
  for (const far of [
    { began: [{ from: AT - 7000, to: AT - 6001 }] },
    { durationMs: 54_999 },
    { ours: '+447700900998' },
  ])
    assert.equal(told(one(silent, { bills: [{ ...call, ...far }] })), 'D; - number_unknown')
  const two = [call, { ...call, other: '+447700900125' }]
  assert.equal(told(one(silent, { bills: two })), 'D; - bill_ambiguous')
  assert.equal(
    told(one(silent, { bills: two, cases: [{ ...aCase, parties: [{ number: '+447700900125', role: 'other' }] }] })),
    'B; R3 live_case OC-1; - bill_ambiguous',
  )
  assert.equal(told(one(silent, { bills: [{ ...call, other: undefined }] })), 'D; - number_unknown')
  // A call with somebody else at that time is no repair: both may be meant.
  const other = one({}, { bills: [call] })
  assert.equal(told(other), 'D; - bill_disagrees')
  assert.deepEqual(other.facts.numbers, ['+447700900123', '+447700900124'])
})

test('a side-car and a database say what the name does not, and are doubted where they say something else', () => {
  const named = anItem({}).named
  assert(named?.started)
  const told123 = { numbers: ['07700900123'], started: named.started, direction: 'out' as const }
  const beside = one({ named: undefined, sidecar: told123 })
  assert.equal(told(beside), 'E; - no_tie')
  assert.deepEqual(
    [beside.facts.numbersFrom, beside.facts.beganFrom, beside.facts.directionFrom],
    ['sidecar', 'sidecar', 'sidecar'],
  )
  assert.equal(told(one({ db: { numbers: ['07700900124'] } })), 'D; - sources_disagree')
  assert.equal(
    told(one({ db: { numbers: [], started: { ...named.started, at: [AT + 60_000] } } })),
    'D; - sources_disagree',
  )
})

test('an exact copy follows its master, and whatever ties a copy ties them all', () => {
  const copy = anItem({ id: 'item-2', device: undefined, named: undefined, duplicateOf: 'item-1' })
  const [master, follower] = match([copy, anItem({})], {})
  assert(master && follower)
  assert.equal(told(master), 'E; - no_tie')
  assert.deepEqual(follower.follows, { id: 'item-1', class: 'E' })
  assert.equal(told(follower), 'F; - number_unknown; - time_unknown; - holder_unknown; - exact_copy item-1')
  const held = match([copy, anItem({})], { holds: [{ line: 2, id: 'H-1', on: 'item', target: 'item-2' }] })
  assert.equal(told(held[0] as Match), 'B; R5 hold H-1')
  const another = anItem({ id: 'item-2', named: { recorder: 'x', numbers: ['07700900124'] } })
  assert.equal(told(match([another, anItem({})], {})[0] as Match), 'D; - copies_disagree')
  assert.equal(told(one({ duplicateOf: 'item-9' })), 'D; - copy_unclear')
})

test('what is likely a copy in another container is told, is no exact copy, and is not free while the other is tied', () => {
  const cloud = anItem({
    id: 'item-2',
    sha256: 'b'.repeat(64),
    audio: { container: 'mp3', durationMs: 60_900, state: 'whole' },
  })
  const [a, b] = match([anItem({}), cloud], {})
  assert.deepEqual([a?.class, b?.class, a?.likelyCopies], ['E', 'E', ['item-1', 'item-2']])
  const held = match([anItem({}), cloud], { holds: [{ line: 2, id: 'H-1', on: 'item', target: 'item-2' }] })
  assert.equal(told(held[0] as Match), 'D; - likely_copy_tied item-2')
  const longer = { ...cloud, audio: { container: 'mp3', durationMs: 61_100, state: 'whole' as const } }
  const alike = { ...cloud, audio: { container: 'amr', durationMs: 60_900, state: 'whole' as const } }
  for (const other of [longer, alike]) assert.deepEqual(match([anItem({}), other], {})[0]?.likelyCopies, none)
})

test('no reason holds a number or a name', () => {
  const found = one({}, { cases: [aCase], protected: [{ line: 2, number: '+447700900123', kind: 'other' }] })
  assert.ok(!/\d{6}|pc1234/i.test(JSON.stringify(found.reasons)))
  assert.throws(() => match([anItem({}), anItem({})], {}), { code: 'ID_TWICE', message: /^[^\d]*$/ })
})
