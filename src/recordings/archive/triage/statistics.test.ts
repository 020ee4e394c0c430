import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { items, registers } from '../match/generated-archives.fixture.ts'
import { matchArchive } from '../match/match.ts'
import { anItem, AT, someRegisters } from '../match/some-registers.fixture.ts'
import { archiveStatistics, HOW_COUNTED, statisticsCsv } from './statistics.ts'

const KEY = new Uint8Array(32).fill(7)

test('an archive is counted by phone and month: files, hours, distinct parties, classes', () => {
  const named = anItem({}).named
  assert(named?.started)
  const summer = {
    ...named,
    numbers: ['07700 900124'],
    started: { ...named.started, at: [Date.UTC(2019, 5, 30, 23, 30)] },
  }
  const archive = [
    anItem({ audio: { container: 'amr', durationMs: 1_800_000, state: 'whole' } }),
    anItem({ id: 'item-2' }),
    anItem({ id: 'item-3', sha256: 'b'.repeat(64), named: summer }),
    anItem({
      id: 'item-4',
      sha256: 'c'.repeat(64),
      device: undefined,
      named: undefined,
      audio: { container: 'amr', state: 'damaged' },
    }),
  ]
  const operation = { line: 2, id: 'OP-1', people: ['pc1234'], during: { from: AT, to: AT + 10_000 } }
  const oneCase = {
    line: 2,
    occurrence: 'OC-1',
    live: true,
    team: [],
    parties: [{ number: '+447700900124', role: 'other' as const }],
    during: operation.during,
  }
  const found = archiveStatistics(
    matchArchive(archive, { ...someRegisters(), operations: [operation], cases: [oneCase] }, 0),
    KEY,
  )
  assert.deepEqual(found.total, {
    files: 4,
    bytes: 4 * 9600,
    hours: 0.53,
    lengthUnknown: 1,
    parties: 2,
    classes: { A: 1, B: 1, C: 0, D: 1, E: 0, F: 1 },
    damaged: 1,
  })
  assert.deepEqual(found.held, { files: 3, cases: 1, operations: 1 })
  assert.deepEqual([found.distinctFiles, found.devicesWithAudio, found.likelyCopies], [3, 1, 0])
  assert.deepEqual(
    found.months.map(({ month, files, parties, hours }) => [month, files, parties, hours]),
    // 23:30 in UTC on 30 June is July in Britain.
    [
      ['2019-03', 2, 1, 0.52],
      ['2019-07', 1, 1, 0.02],
      [undefined, 1, 0, 0],
    ],
  )
  assert.equal(found.months[2]?.device, undefined)
  const csv = statisticsCsv(found)
  assert.equal(csv.split('\r\n').length, 6)
  assert.match(csv, /\r\nunknown,unknown,1,9600,0\.00,1,0,0,0,0,1,0,0,1\r\nall,all,4,/)
  for (const figure of ['files', 'hours', 'parties', 'held']) assert.ok(HOW_COUNTED[figure])
})

test('what is counted adds up, does not depend on order, and holds no number, name or id of a phone', () => {
  fc.assert(
    fc.property(items, registers, (archive, given) => {
      const matches = matchArchive(archive, given, 2)
      const found = archiveStatistics(matches, KEY)
      const sum = (of: (row: (typeof found.months)[number]) => number) =>
        found.months.reduce((all, row) => all + of(row), 0)
      assert.equal(found.total.files, archive.length)
      assert.equal(
        sum(({ files }) => files),
        archive.length,
      )
      for (const name of ['A', 'B', 'C', 'D', 'E', 'F'] as const)
        assert.equal(
          sum(({ classes }) => classes[name]),
          found.total.classes[name],
        )
      assert.deepEqual(archiveStatistics([...matches].reverse(), KEY), found)
      const marked = JSON.stringify(found).replaceAll(/"[0-9a-f]{64}"/g, '')
      assert.ok(!/\d{6}|PC|D-1|d2|IMEI/.test(marked.replaceAll(/"bytes":\d+/g, '')))
    }),
    { numRuns: 500 },
  )
})

test('E17: counted by month alone, a party on two phones is one, and no row is one phone’s', () => {
  const another = { line: 3, device: 'D-2', holder: 'PC5678', during: { from: -Infinity, to: Infinity } }
  const registers = { ...someRegisters(), holdings: [...someRegisters().holdings, another] }
  const archive = [anItem({}), anItem({ id: 'item-2', sha256: 'b'.repeat(64), device: 'D-2' })]
  const rows = (by: 'phone' | 'month') =>
    archiveStatistics(matchArchive(archive, registers, 0), KEY, by).months.map(({ device, month, files, parties }) => [
      device === undefined ? 'all' : 'one',
      month,
      files,
      parties,
    ])
  assert.deepEqual(rows('month'), [['all', '2019-03', 2, 1]])
  assert.deepEqual(rows('phone'), [
    ['one', '2019-03', 1, 1],
    ['one', '2019-03', 1, 1],
  ])
})
