import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ColumnMapping, mappingFor, readMapping } from './column-mapping.ts'
import { readRegister } from './read-registers.ts'

const mapping = (table: string, columns: Record<string, string | string[]>, more: object = {}): ColumnMapping =>
  readMapping({ format: 'peel-columns/1', table, columns, ...more })

const BILLS = mapping(
  'bills',
  { line: 'Your number', other: 'Number', start: ['Date', 'Time'], duration: 'Duration', direction: 'Type' },
  { words: { direction: { 'Voice - dialled': 'out', 'Voice - received': 'in' } } },
)
const HEADINGS = 'Your number,Number,Date,Time,Duration,Type\r\n'

test('a bill is read through its mapping, below whatever stands above its headings', () => {
  const text = `Invented Mobile plc\r\n"1 High Street\r\nTown"\r\n\r\n${HEADINGS}07700 900999,="07700900123",04/03/2019,18:22:07,00:03:12,Voice - Dialled\r\n,,,,,\r\n'07700900999,withheld,27/10/2019,01:30,7,Voice - received,\r\n`
  const { rows, problems } = readRegister('bills', text, BILLS)
  assert.deepEqual(problems, [])
  const at = Date.UTC(2019, 2, 4, 18, 22, 7)
  const twice = Date.UTC(2019, 9, 27, 0, 30)
  assert.deepEqual(rows, [
    {
      line: 6,
      ours: '+447700900999',
      other: '+447700900123',
      began: [{ from: at, to: at + 999 }],
      durationMs: 192_000,
      direction: 'out',
    },
    {
      line: 8,
      ours: '+447700900999',
      began: [twice, twice + 3_600_000].map((from) => ({ from, to: from + 59_999 })),
      durationMs: 7000,
      direction: 'in',
    },
  ])
})

test('what cannot be read is told with its line and its field, and never repeated', () => {
  const text = `${HEADINGS}07700900999,4.47701E+11,04/03/2019,18:22:07,three,Text\r\n07700900999,07700900123,04/13/2019,18:22:07,7,in\r\n07700900999,07700900123\r\n,07700900123,04/03/2019,18:22:07,7,in\r\n07700900999,"07700900123,x\r\n`
  const { rows, problems } = readRegister('bills', text, BILLS)
  assert.equal(rows.length, 1)
  assert.deepEqual(problems, [
    { line: 2, code: 'not_a_number', field: 'other', row: 'kept' },
    { line: 2, code: 'not_a_duration', field: 'duration', row: 'kept' },
    { line: 2, code: 'word_not_known', field: 'direction', row: 'kept' },
    { line: 3, code: 'not_a_time', field: 'start', row: 'left_out' },
    { line: 4, code: 'wrong_number_of_cells', row: 'left_out' },
    { line: 5, code: 'needed', field: 'line', row: 'left_out' },
    { line: 6, code: 'quote_open', row: 'left_out' },
  ])
  assert.ok(!JSON.stringify(problems).includes('0770'))
})

test('a case is live, and its time open, where that cannot be read', () => {
  const cases = mapping(
    'cases',
    {
      occurrence: 'Ref',
      status: 'Status',
      oic: 'OIC',
      team: 'Team',
      parties: 'Phones',
      roles: 'Roles',
      from: 'From',
      to: 'To',
    },
    { lists: ',' },
  )
  const text = [
    'Ref,Status,OIC,Team,Phones,Roles,From,To',
    'OC-1,Closed,1234,"5678, 9012","07700900123, 07700900124","victim,suspect",04/03/2019,05/03/2019',
    'OC-2,Filed pending appeal,1234,,07700 900123 / home,,soon,05/03/2019',
    'OC-3,,,,07700900125,witness,05/03/2019,04/03/2019',
    'OC-4,open,,,,,,31/12/9999',
  ].join('\n')
  const { rows, problems } = readRegister('cases', text, cases)
  const day = Date.UTC(2019, 2, 4)
  assert.deepEqual(rows[0], {
    line: 2,
    occurrence: 'OC-1',
    live: false,
    oic: '1234',
    team: ['5678', '9012'],
    parties: [
      { number: '+447700900123', role: 'victim' },
      { number: '+447700900124', role: 'suspect' },
    ],
    during: { from: day, to: day + 2 * 86_400_000 - 1 },
  })
  assert.deepEqual(rows[1]?.live, true)
  assert.deepEqual(rows[1]?.during, { from: -Infinity, to: day + 2 * 86_400_000 - 1, unsure: true })
  assert.deepEqual(rows[2]?.during, { from: -Infinity, to: Infinity, unsure: true })
  assert.deepEqual(rows[3]?.during, { from: -Infinity, to: Infinity })
  assert.deepEqual(
    problems.map(({ line, code, field, row }) => `${line} ${code} ${field} ${row}`),
    [
      '3 word_not_known status kept',
      '3 not_a_number parties kept',
      '3 not_a_time from kept',
      '4 ends_before_it_begins to kept',
    ],
  )
})

test('a hold on nobody knows what holds the whole archive, and says so', () => {
  const holds = mapping('holds', { id: 'Hold', on: 'On', target: 'What', lifted: 'Lifted' })
  const text =
    'Hold,On,What,Lifted\nH1,number,07700900123,\nH2,number,?,\nH3,the lot,,\nH4,device,,\nH5,case,OC-1,04/03/2019\nH6,archive,,'
  const { rows, problems } = readRegister('holds', text, holds)
  assert.deepEqual(
    rows.map(({ id, on, target }) => [id, on, target]),
    [
      ['H1', 'number', '+447700900123'],
      ['H2', 'archive', undefined],
      ['H3', 'archive', undefined],
      ['H4', 'archive', undefined],
      ['H5', 'case', 'OC-1'],
      ['H6', 'archive', undefined],
    ],
  )
  assert.equal(rows[4]?.lifted, Date.UTC(2019, 2, 5))
  assert.deepEqual(
    problems.map(({ line }) => line),
    [3, 4, 5],
  )
})

test('owners, operations, holders and protected numbers are read in their own words', () => {
  const statements = readRegister(
    'statements',
    'Answer,Phone\nMaybe evidence,D1\nnothing,D2\nwho knows,D3\nevidence,\n',
    mapping('statements', { says: 'Answer', device: 'Phone' }),
  )
  assert.deepEqual(
    statements.rows.map(({ says }) => says),
    ['maybe_evidence', 'nothing', 'unclear'],
  )
  assert.deepEqual(statements.problems, [
    { line: 4, code: 'word_not_known', field: 'says', row: 'kept' },
    { line: 5, code: 'needed', row: 'left_out' },
  ])
  const operations = readRegister(
    'operations',
    'Op;Who\nOP-1;"1234\n5678"\nOP-2;\n',
    mapping('operations', { id: 'Op', people: 'Who' }, { separator: ';' }),
  )
  assert.deepEqual(
    operations.rows.map(({ people }) => people),
    [['1234', '5678']],
  )
  assert.deepEqual(operations.problems, [{ line: 4, code: 'needed', field: 'people', row: 'left_out' }])
  const holdings = readRegister(
    'holdings',
    'Holder,IMEI,SIM\n1234,35-209900-176148-1,07700900999\n1234,,\n',
    mapping('holdings', { holder: 'holder', imei: 'imei', number: 'SIM' }),
  )
  assert.equal(holdings.rows[0]?.number, '+447700900999')
  assert.deepEqual(holdings.problems, [{ line: 3, code: 'needed', row: 'left_out' }])
  const numbers = readRegister(
    'protected',
    'No,Kind\n01632 960001,Solicitor\n116123,helpline\n01632 960002,friend\n',
    mapping('protected', { number: 'no', kind: 'kind' }),
  )
  assert.deepEqual(
    numbers.rows.map(({ number, kind }) => [number, kind]),
    [
      ['+441632960001', 'solicitor'],
      ['116123', 'helpline'],
      ['+441632960002', 'other'],
    ],
  )
})

test('a mapping is data that is remembered, and found again by the headings', () => {
  assert.deepEqual(readMapping(JSON.parse(JSON.stringify(BILLS))), BILLS)
  const shorter = mapping('bills', { line: 'Your number', start: ['Date', 'Time'] })
  const headings = [' your  NUMBER', 'Number', 'Date', 'Time', 'Duration', 'Type', 'Cost']
  assert.equal(mappingFor('bills', headings, [shorter, BILLS]), BILLS)
  assert.equal(mappingFor('bills', headings.slice(0, 4), [shorter, BILLS]), shorter)
  assert.equal(mappingFor('bills', headings, [BILLS, { ...BILLS }]), undefined)
  assert.equal(mappingFor('cases', headings, [BILLS]), undefined)
  assert.equal(mappingFor('bills', [...headings, 'Date'], [BILLS]), undefined)
  assert.throws(() => readRegister('bills', 'a,b\n1,2\n', BILLS), { code: 'HEADINGS_MISSING' })
  assert.throws(() => readRegister('cases', HEADINGS, BILLS), { code: 'MAPPING_INVALID' })
})

test('what is no mapping is refused', () => {
  const good = { format: 'peel-columns/1', table: 'bills', columns: { line: 'a', start: 'b' } }
  assert.ok(readMapping(good))
  const bad: unknown[] = [
    null,
    [],
    { ...good, format: 'peel-columns/2' },
    { ...good, table: 'toString' },
    { ...good, more: 1 },
    { ...good, columns: { line: 'a' } },
    { ...good, columns: { line: 'a', start: [] } },
    { ...good, columns: { line: 'a', start: ' ' } },
    { ...good, columns: { line: 'a', start: 'b', holder: 'c' } },
    { ...good, separator: 'x' },
    { ...good, words: { direction: { a: 1 } } },
  ]
  for (const one of bad) assert.throws(() => readMapping(one), { code: 'MAPPING_INVALID' })
})
