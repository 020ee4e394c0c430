import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Act, ACTS } from '../../access/index.ts'
import { EVENT_KINDS } from '../../events/index.ts'
import { OBJECT_CLASSES } from '../../retention/index.ts'
import { isSensitive } from './categories.ts'
import { forceFactsFaults, FORCE_FACTS, trimmedFacts } from './force-facts.ts'
import { PROCESSING_OPERATIONS } from './operations.ts'

test('C2 and C22: every act of the policy and every kind of event belongs to one operation, and each has its basis in law', () => {
  const acts = PROCESSING_OPERATIONS.flatMap((one): readonly string[] => one.acts)
  const events = PROCESSING_OPERATIONS.flatMap((one): readonly string[] => one.events)
  assert.deepEqual(acts.toSorted(), Object.keys(ACTS satisfies Record<Act, string>).sort())
  assert.deepEqual(events.toSorted(), EVENT_KINDS.toSorted())
  for (const { id, basis, people, data, events: evidence } of PROCESSING_OPERATIONS) {
    assert(basis.length > 0 && people.length > 0 && data.length > 0 && evidence.length > 0, id)
    for (const one of basis)
      assert.match(one, /\bAct \d{4} (ss?\.\d|Code of Practice)|^DPA 2018 ss?\.\d|code of practice/, one)
    assert.doesNotMatch(basis.join(' '), /consent/i, `${id}: agreement is no consent`)
  }
  const ids = PROCESSING_OPERATIONS.map(({ id }) => id)
  assert.deepEqual(ids, [...new Set(ids)])
})

test('C2 and C3: an operation on what may be sensitive, and no other, has a condition of Schedule 8 and a strict necessity', () => {
  for (const { id, data, sensitive } of PROCESSING_OPERATIONS) {
    assert.equal(sensitive !== undefined, data.some(isSensitive), id)
    if (sensitive) assert(sensitive.necessary.length > 20, id)
  }
})

test('C22: suspects, the convicted, victims and witnesses are kept apart, and every class of the schedule is somebody’s clock', () => {
  for (const { id, people } of PROCESSING_OPERATIONS)
    if (people.some((one) => one !== 'staff'))
      for (const one of ['suspect', 'convicted', 'victim', 'witness'] as const) assert(people.includes(one), id)
  const classes = new Set(PROCESSING_OPERATIONS.flatMap(({ kept }) => ('class' in kept ? [kept.class] : [])))
  assert.deepEqual([...classes].sort(), [...OBJECT_CLASSES].sort())
})

test('C22: what the force has not said is absent, and only the controller cannot be left for later', () => {
  assert.deepEqual(trimmedFacts({ controller: '  The chief constable ', joint: ' \n' }), {
    controller: 'The chief constable',
  })
  assert.deepEqual(
    forceFactsFaults({ controller: ' ' }).map(({ field }) => field),
    ['controller'],
  )
  const long = Object.fromEntries(FORCE_FACTS.map(({ id }) => [id, 'x'.repeat(2001)]))
  assert.equal(forceFactsFaults(long).length, FORCE_FACTS.length)
})
