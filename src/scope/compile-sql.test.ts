import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import fc from 'fast-check'
import { instant, type TimeEncoding } from '../records/index.ts'
import { type CompiledScope, compileSql, type SqlShape, sqlText } from './compile-sql.ts'
import type { Facts } from './facts.ts'
import { match, readyScope } from './match.ts'
import { type Clause, CONDITIONS, type Scope } from './scope.ts'

const ENCODINGS: TimeEncoding[] = ['apple_any', 'apple_seconds', 'unix_seconds', 'unix_milliseconds']
const PEOPLE = [
  '+447700900001',
  '07700 900001',
  '00447700900002',
  '447700900003@s.whatsapp.net',
  'Sam@Example.org',
  'CoopMobile',
  '466',
  '',
]
const WORDS = ['meet', 'Meet', 'café', 'CAFE', 'lift home', 'straße', '明天见', 'नमस्ते', 'ok', '🎉', '', '   ']

/** A row as some app might have written it: every column odd in its own way. */
const row = fc.record({
  app: fc.constantFrom('sms', 'whatsapp', null),
  time: fc.oneof(
    fc.constantFrom(
      null,
      0,
      -1,
      1,
      'soon',
      978307200,
      1772323200,
      1772323200000,
      794016000,
      794016000.0005,
      794015999.9995,
    ),
    fc.integer({ min: 793_000_000, max: 797_000_000 }),
    fc.double({ min: 794_015_999, max: 794_016_001, noNaN: true }),
    fc.bigInt(794_015_999_999_000_000n, 794_016_000_001_000_000n),
    fc.integer({ min: 1_772_323_199_990, max: 1_772_323_200_010 }),
  ),
  handle: fc.constantFrom(null, 0, 1, 2, 3, 9),
  address: fc.constantFrom(null, ...PEOPLE),
  body: fc.oneof(
    fc.constant(null),
    fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }).map((words) => words.join(' ')),
    fc.string(),
  ),
  lat: fc.constantFrom(null, 51.5, 51.501, 52),
  lon: fc.constantFrom(null, -0.12),
})

const HANDLES = new Map<number, string[]>([
  [1, ['+447700900001', '07700900001']],
  [2, ['447700900003@s.whatsapp.net', 'sam@example.org']],
  [3, ['']],
])

const clause = fc.record<Clause>(
  {
    id: fc.constantFrom('C1', 'C2', 'C3'),
    line_of_enquiry: fc.constant('L1'),
    records: fc.constantFrom(['message'], ['call'], ['message', 'call'], []),
    apps: fc.constantFrom(['sms'], ['whatsapp'], ['sms', 'whatsapp'], []),
    between: fc.constantFrom(
      { from: '2026-03-01T00:00:00Z', to: '2026-03-15T00:00:00Z' },
      { from: '2026-03-01T00:00:00.001Z', to: '2026-03-01T00:00:00.002Z' },
      { from: '1970-01-01T00:00:00Z', to: '2026-03-01T00:00:00Z' },
      { from: '0001-01-01T00:00:00Z', to: '9999-12-31T23:59:59.999Z' },
    ),
    with: fc.subarray(PEOPLE.filter((address) => address !== '')),
    containing: fc.oneof(
      fc.record({ any: fc.subarray(WORDS) }),
      fc.record({ all: fc.subarray(WORDS, { maxLength: 2 }) }),
    ),
    near: fc.constantFrom({ lat: 51.5, lon: -0.12, radius_metres: 500 }, { lat: 51.5, lon: -0.12, radius_metres: 100 }),
  },
  { requiredKeys: ['id', 'line_of_enquiry', 'records'] },
)

test('matching in memory and matching by SQL admit the same records and leave the others for the same reason', () => {
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 12 }),
      fc.array(clause, { maxLength: 3 }),
      fc.constantFrom(...ENCODINGS),
      (rows, clauses, encoding) => {
        const scope: Scope = clauses.map((one, at) => ({ ...one, id: `C${at + 1}` }))
        using db = new Table(rows)
        const shape = shapeFor(encoding)
        const ready = readyScope(scope)
        const compiled = compileSql(ready, shape, db)
        const expected = rows.map((one, at) => [at + 1, match(factsFor(one, encoding), ready)] as const)
        if (compiled === undefined) {
          assert.ok(expected.every(([, verdict]) => !verdict.admitted && verdict.reason === 'not_asked_for'))
          return
        }
        for (const [key, verdict] of expected) assert.deepEqual(db.verdict(compiled, key), verdict, `row ${key}`)
      },
    ),
    { numRuns: 1500, seed: 42 },
  )
})

test('the empty scope selects nothing in memory and nothing by SQL', () => {
  using db = new Table([])
  assert.equal(compileSql([], shapeFor('apple_any'), db), undefined)
  assert.deepEqual(match({ kind: 'message', app: 'sms', addresses: [] }, []), {
    admitted: false,
    reason: 'not_asked_for',
  })
})

test('a time window is asked of an index, not of every row', () => {
  using db = new Table([])
  db.database.exec('CREATE INDEX by_time ON t(time)')
  const scope = readyScope([
    {
      id: 'C1',
      line_of_enquiry: 'L1',
      records: ['message'],
      between: { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' },
    },
  ])
  const compiled = compileSql(scope, shapeFor('apple_any'), db)
  const plan = db.all(`EXPLAIN QUERY PLAN SELECT key FROM t WHERE ${sqlText(compiled?.admitted ?? false)}`)
  assert.match(JSON.stringify(plan), /USING .*INDEX by_time \(time>\? AND time<\?\)/)
})

type Row = typeof row extends fc.Arbitrary<infer T> ? T : never

function shapeFor(encoding: TimeEncoding): SqlShape {
  return {
    kind: 'message',
    app: { sql: 'app', apps: ['sms', 'whatsapp'] },
    time: { sql: 'time', encoding },
    parties: [{ address: 'address' }, { key: 'handle', addresses: () => HANDLES }],
    body: 'body',
    place: { lat: 'lat', lon: 'lon' },
  }
}

function factsFor(one: Row, encoding: TimeEncoding): Facts {
  const addresses = [one.address ?? '', ...(HANDLES.get(one.handle ?? -1) ?? [])].filter((address) => address !== '')
  return {
    kind: 'message',
    app: one.app ?? '',
    time: typeof one.time === 'string' ? undefined : instant(one.time, encoding),
    addresses,
    place: one.lat !== null && one.lon !== null ? { lat: one.lat, lon: one.lon } : undefined,
    body: one.body ?? undefined,
  }
}

class Table {
  readonly from = 't'
  readonly database = new DatabaseSync(':memory:')

  constructor(rows: readonly Row[]) {
    this.database.exec('CREATE TABLE t (key INTEGER PRIMARY KEY, app, time, handle, address, body, lat, lon)')
    const insert = this.database.prepare(
      'INSERT INTO t (app, time, handle, address, body, lat, lon) VALUES (?,?,?,?,?,?,?)',
    )
    for (const one of rows) insert.run(one.app, one.time, one.handle, one.address, one.body, one.lat, one.lon)
  }

  all(sql: string) {
    return this.database.prepare(sql).all()
  }

  define(name: string, compute: Parameters<Parameters<typeof compileSql>[2]['define']>[1]) {
    this.database.function(name, { deterministic: true }, compute as never)
  }

  /** Decides one row by the compiled conditions alone, in the form that `match` gives. */
  verdict(compiled: CompiledScope, key: number) {
    const ask = (sql: CompiledScope['admitted']) =>
      this.database.prepare(`SELECT 1 FROM t WHERE key = ? AND ${sqlText(sql)}`).get(key) !== undefined
    if (ask(compiled.admitted))
      return { admitted: true, clauses: compiled.clauses.filter(({ admitted }) => ask(admitted)).map(({ id }) => id) }
    const failed = CONDITIONS.find((condition) => !ask(compiled.reached[condition]))
    assert.ok(failed)
    const nothing = { app: 'app', time: 'no_time', party: 'no_party', place: 'no_place', keyword: 'no_text' } as const
    return { admitted: false, reason: ask(compiled.empty[failed]) ? nothing[failed] : failed }
  }

  [Symbol.dispose]() {
    this.database.close()
  }
}
