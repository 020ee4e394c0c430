import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { faultsOf } from '../authorisation/index.ts'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { RetentionError } from './errors.ts'
import schema from './schedule.schema.json' with { type: 'json' }
import starting from './schedule.json' with { type: 'json' }
import { everyRule, readSchedule, SCHEDULE_SCHEMA, STARTING_SCHEDULE, scheduleDigest, scheduleOn } from './schedule.ts'

const general = new Ajv2020({ strict: false }).compile(schema)

function refused(change: (schedule: typeof starting) => void): string {
  const altered = structuredClone(starting)
  change(altered)
  try {
    readSchedule(altered)
    return ''
  } catch (error) {
    assert.ok(error instanceof RetentionError && error.code === 'SCHEDULE_INVALID')
    return error.hint
  }
}

test('the schedule that comes with the software satisfies its JSON Schema, as a general validator reads it', () => {
  assert.ok(general(starting), JSON.stringify(general.errors))
})

test('every rule says where it comes from and how far that was checked', () => {
  for (const { source, mark, says } of everyRule(STARTING_SCHEDULE)) {
    assert.ok(source.length > 10 && says.endsWith('.'))
    assert.match(mark, /^[VSMF]$/)
  }
})

test('a schedule that names something unknown, twice or not at all is refused, and so it is by a general validator', () => {
  assert.match(
    refused((s) => Object.assign(s, { colour: 'red' })),
    /colour is not known here/,
  )
  assert.match(
    refused((s) => s.groups.pop()),
    /groups/,
  )
  assert.match(
    refused((s) => Object.assign(s.classes[0] ?? {}, { id: 'exhibit' })),
    /stands there twice/,
  )
  assert.match(
    refused((s) => Object.assign(s.children, { review_every: { months: 1, days: 1 } })),
    /only one of/,
  )
  assert.match(
    refused((s) => Object.assign(s.classes[0] ?? {}, { group_clock_for: ['victim'] })),
    /suspect/,
  )
  assert.ok(!general({ ...starting, colour: 'red' }))
})

test('a force may lengthen what it keeps of a suspect, and not what it keeps of anybody else past ten years', () => {
  const rule = { code: 'ours', says: 'Ours.', source: 'force policy 12', mark: 'F', keep_at_least: { years: 30 } }
  const withRule = (applies_to: object) => refused((s) => Object.assign(s, { own_rules: [{ ...rule, applies_to }] }))
  assert.equal(withRule({ roles: ['suspect'] }), '')
  assert.match(withRule({ roles: ['suspect', 'victim'] }), /longer than ten years/)
  assert.match(withRule({}), /longer than ten years/)
})

test('the version in force on a day is the last that has begun', () => {
  const second = { ...STARTING_SCHEDULE, version: 2, in_force_from: '2027-01-01' }
  assert.equal(scheduleOn('2026-12-31', [second, STARTING_SCHEDULE]).version, 1)
  assert.equal(scheduleOn('2027-01-01', [second, STARTING_SCHEDULE]).version, 2)
  assert.throws(() => scheduleOn('2020-01-01', [second]), { code: 'NOT_IN_SCHEDULE' })
})

test('whatever one value of a schedule becomes, our reader and a general validator agree on it', () => {
  const paths: (string | number)[][] = []
  const visit = (value: unknown, path: (string | number)[]) => {
    if (path.length > 0) paths.push(path)
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value))
        visit(inner, [...path, Array.isArray(value) ? Number(key) : key])
  }
  visit(starting, [])
  const odd = fc.oneof(
    fc.constantFrom('', ' ', 'M', 'suspect', 'group_1', '2026-11-22', 0, 1, 1.5, 121, true, null),
    fc.constantFrom({}, { days: 1 }, { days: 0 }, { months: 1, days: 1 }, [], ['suspect'], ['suspect', 'suspect']),
  )
  fc.assert(
    fc.property(fc.constantFrom(...paths), odd, fc.boolean(), (path, value, gone) => {
      const altered = structuredClone(starting)
      let at = altered as unknown as Record<string | number, unknown>
      for (const key of path.slice(0, -1)) at = at[key] as typeof at
      if (gone && !Array.isArray(at)) delete at[path.at(-1) as string]
      else at[path.at(-1) as string] = structuredClone(value)
      assert.equal(faultsOf(altered, SCHEDULE_SCHEMA).length === 0, general(altered))
    }),
    { numRuns: 500 },
  )
})

test('a version is named by what it says, however its members are ordered', () => {
  const turned = Object.fromEntries(Object.entries(starting).reverse())
  assert.equal(scheduleDigest(readSchedule(turned)), scheduleDigest(STARTING_SCHEDULE))
  assert.notEqual(scheduleDigest({ ...STARTING_SCHEDULE, version: 2 }), scheduleDigest(STARTING_SCHEDULE))
})
