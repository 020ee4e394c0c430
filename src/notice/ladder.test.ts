import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mayThisPersonAgree } from './agreeing-person.ts'
import { type Agreeing, type Situation, whoMayAgree } from './ladder.ts'

const EVERYBODY: readonly Agreeing[] = [
  'user',
  'parent-or-guardian',
  'care-authority',
  'social-worker',
  'attorney',
  'deputy',
  'responsible-adult',
]
const adult: Situation = { age: 30, capacity: 'has', purpose: 'crime', available: EVERYBODY }
const who = (changes: Partial<Situation>) => whoMayAgree({ ...adult, ...changes }).may.map(({ by }) => by)

test('an adult decides for themselves, and nobody else may', () => {
  assert.deepEqual(who({}), ['user'])
  assert.deepEqual(who({ capacity: 'not_assessed' }), ['user'])
  assert.deepEqual(who({ age: 18 }), ['user'])
})

test('a child never agrees; a parent does, or the authority that cares for the child', () => {
  assert.deepEqual(who({ age: 17 }), ['parent-or-guardian'])
  assert.deepEqual(who({ age: 9, inCare: true }), ['parent-or-guardian', 'care-authority'])
})

test('a responsible adult stands in only where nobody nearer can be reached', () => {
  assert.deepEqual(who({ age: 12, available: ['responsible-adult'] }), ['responsible-adult'])
  assert.deepEqual(who({ capacity: 'lacks', available: ['responsible-adult', 'deputy'] }), ['deputy'])
  assert.equal(whoMayAgree({ ...adult, age: 12, available: [] }).nobody?.code, 'nobody_available')
})

test('for an adult without capacity others may agree, in the order of the Act, and another user with capacity', () => {
  assert.deepEqual(who({ capacity: 'lacks' }), [
    'parent-or-guardian',
    'care-authority',
    'social-worker',
    'attorney',
    'deputy',
  ])
  const { may } = whoMayAgree({ ...adult, capacity: 'lacks', otherUser: true })
  assert.deepEqual([may[0]?.by, may[0]?.other_user], ['user', true])
})

test('where nobody can be asked the reason says so, and the conditions of section 40 stand beside it', () => {
  const died = whoMayAgree({ ...adult, user: 'died' })
  assert.equal(died.nobody?.code, 'user_died')
  assert.deepEqual(
    died.without.map(({ code }) => code),
    ['user-died'],
  )
  assert.deepEqual(whoMayAgree({ ...adult, user: 'missing' }).without, [])
  assert.deepEqual(
    whoMayAgree({ ...adult, user: 'missing', atRisk: true }).without.map(({ code }) => code),
    ['missing'],
  )
  assert.deepEqual(
    whoMayAgree({ ...adult, age: 15, atRisk: true }).without.map(({ code }) => code),
    ['at-risk'],
  )
  assert.deepEqual(whoMayAgree({ ...adult, atRisk: true }).without, [])
  assert.equal(whoMayAgree({ ...adult, purpose: 'death-investigation' }).nobody?.code, 'not_asked')
})

test('an age that nobody asked is not taken for an adult’s', () => {
  const { age: _, ...unknown } = adult
  assert.equal(whoMayAgree(unknown).nobody?.code, 'age_unknown')
})

test('there is always somebody or a reason, never both, and always a provision', () => {
  const situation: fc.Arbitrary<Situation> = fc
    .record(
      {
        age: fc.integer({ min: 0, max: 100 }),
        capacity: fc.constantFrom('has', 'lacks', 'not_assessed'),
        purpose: fc.constantFrom('crime', 'missing-person', 'protect-child-or-at-risk-adult', 'death-investigation'),
        user: fc.constantFrom('present', 'missing', 'died'),
        atRisk: fc.boolean(),
        inCare: fc.boolean(),
        otherUser: fc.boolean(),
        available: fc.subarray([...EVERYBODY]),
      },
      { requiredKeys: ['capacity', 'purpose', 'available'] },
    )
    .map((one) => one as Situation)
  fc.assert(
    fc.property(situation, (one) => {
      const { may, nobody, without } = whoMayAgree(one)
      assert.equal(may.length === 0, nobody !== undefined)
      for (const { law } of [...may, ...(nobody ? [nobody] : []), ...without]) assert.match(law, /^PCSC Act 2022 s/)
      if (one.age !== undefined && one.age < 18)
        assert.ok(!may.some(({ by, other_user }) => by === 'user' && !other_user))
    }),
  )
})

const CHILD = whoMayAgree({ ...adult, age: 12, available: ['responsible-adult'] })
const verdict = (changes: object, ladder = CHILD) =>
  mayThisPersonAgree({ by: 'responsible-adult', age: 40, authorisedPerson: false, ...changes }, ladder)
const codes = (changes: object, ladder = CHILD) => verdict(changes, ladder).reasons.map(({ code }) => code)

test('a responsible adult is 18 or over and no authorised person, and every reason against is given', () => {
  assert.deepEqual(codes({}), ['may_responsible_adult'])
  assert.ok(verdict({}).may)
  assert.deepEqual(codes({ age: 17, authorisedPerson: true }), ['under_18', 'authorised_person'])
  assert.deepEqual(codes({ age: undefined }), ['age_not_asked'])
})

test('somebody who is not on the ladder may not agree, and hears why', () => {
  assert.deepEqual(codes({}, whoMayAgree({ ...adult, age: 12 })), ['not_on_the_ladder'])
  assert.deepEqual(codes({}, whoMayAgree({ ...adult, age: 12, available: [] })), ['nobody_available'])
})

test('attorneys, deputies and social workers show that they are what they say', () => {
  const ladder = whoMayAgree({ ...adult, capacity: 'lacks' })
  assert.deepEqual(codes({ by: 'deputy' }, ladder), ['document_not_seen'])
  assert.deepEqual(codes({ by: 'social-worker' }, ladder), ['registration_not_seen'])
  assert.ok(verdict({ by: 'attorney', documentSeen: true }, ladder).may)
})

test('a parent is asked neither age nor office: the Act asks both of stand-ins alone', () => {
  const ladder = whoMayAgree({ ...adult, age: 12 })
  assert.ok(verdict({ by: 'parent-or-guardian', authorisedPerson: true, age: 40 }, ladder).may)
  assert.ok(verdict({ by: 'parent-or-guardian', age: undefined }, ladder).may)
})
