import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { RetentionError } from './errors.ts'
import schema from './schedule.schema.json' with { type: 'json' }
import starting from './schedule.json' with { type: 'json' }
import { everyRule, readSchedule, STARTING_SCHEDULE, scheduleOn } from './schedule.ts'

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
