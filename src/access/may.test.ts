import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type Act, ACTS } from './acts.ts'
import { EVERY_FACT, someone } from './every-fact.fixture.ts'
import { CONFLICTS, mayHoldTogether } from './hold-together.ts'
import { couldEver, may } from './may.ts'
import type { Person, Where } from './person.ts'
import { POLICY } from './policy.ts'
import { isRole, type Role, ROLES, roleEntry } from './roles.ts'
import { isEntitled } from './schedule3.ts'
import { type SeparationId, SEPARATIONS } from './separations.ts'

const acts = Object.keys(ACTS) as Act[]
const roles = ROLES.map(({ id }) => id)

const somePerson: fc.Arbitrary<Person> = fc.record(
  {
    id: fc.constantFrom('p1', 'p2', 'p3'),
    roles: fc.subarray<Role>(roles),
    rank: fc.constantFrom('constable', 'detective inspector', 'superintendent'),
    schedule3: fc.constantFrom(1 as const, 2 as const, 3 as const),
  },
  { requiredKeys: ['id', 'roles'] },
)
const someWhere: fc.Arbitrary<Where> = fc.record(
  {
    memberOf: fc.boolean(),
    stepUp: fc.boolean(),
    ...Object.fromEntries(
      ['investigator', 'requestedBy', 'authorisedBy', 'extractedBy', 'proposedBy', 'foundBy'].map((fact) => [
        fact,
        fc.constantFrom('p1', 'p2', 'p3', ''),
      ]),
    ),
    purpose: fc.constantFrom('crime' as const, 'missing-person' as const, 'death-investigation' as const),
  },
  { requiredKeys: ['memberOf', 'stepUp'] },
)
const someAct = fc.constantFrom(...acts)

describe('may', () => {
  it('allows nothing to whoever holds no role', () => {
    for (const act of acts) assert.equal(denial(someone(), act), 'NOT_YOUR_ROLE', act)
  })

  it('allows nothing that is not an act', () => {
    for (const word of ['', 'toString', '__proto__', 'constructor', 'decision.anything'])
      assert.equal(denial(someone('investigator'), word as Act), 'NOT_YOUR_ROLE')
  })

  it('C29 and H12: never lets the data protection officer decide, whatever else they hold', () => {
    for (const act of acts.filter((one) => !['see', 'advise', 'report'].includes(POLICY[one].effect)))
      for (const role of roles) assert(denial(someone('data_protection_officer', role), act) !== undefined, act)
    const sees = acts.filter((act) => denial(someone('data_protection_officer'), act) === undefined)
    assert.deepEqual(sees, [
      'case.see',
      'request.see',
      'request.advise',
      'extraction.see',
      'retention.see',
      'archive.see',
      'archive.state',
      'archive.note',
      'app.see',
      'dpia.advise',
      'fleet.see',
      'instruction.answer',
      'app.report',
      'app.see_reports',
      'breach.see',
      'breach.report',
      'oversight.see',
      'processing.see',
      'log.see',
      'people.see',
    ])
  })

  it('keeps every separation, whatever roles one person combines', () => {
    fc.assert(
      fc.property(somePerson, someAct, someWhere, (person, act, where) => {
        if (!may(person, act, where).allowed) return
        const apart: readonly SeparationId[] = POLICY[act].apart ?? []
        for (const id of apart) assert.notEqual(where[SEPARATIONS[id].other], person.id, `${act} ${id}`)
      }),
      { seed: 1, numRuns: 20_000 },
    )
  })

  it('allows only what one of the roles held allows, to members where need to know is asked', () => {
    fc.assert(
      fc.property(somePerson, someAct, someWhere, (person, act, where) => {
        if (!may(person, act, where).allowed) return
        const { members = [], anyone = [], stepUp } = POLICY[act]
        assert(person.roles.some((role) => anyone.includes(role) || (where.memberOf && members.includes(role))))
        assert(!stepUp || where.stepUp)
        assert(mayHoldTogether(person.roles).allowed)
        assert(couldEver(person, act))
      }),
      { seed: 2, numRuns: 20_000 },
    )
  })

  it('asks for a second factor only where that is all that is missing', () => {
    fc.assert(
      fc.property(somePerson, someAct, someWhere, (person, act, where) => {
        const verdict = may(person, act, { ...where, stepUp: false })
        if (verdict.allowed || verdict.code !== 'STEP_UP') return
        assert(may(person, act, { ...where, stepUp: true }).allowed)
      }),
      { seed: 3, numRuns: 10_000 },
    )
  })

  it('does not assume what nobody said', () => {
    for (const act of acts)
      for (const id of POLICY[act].apart ?? []) {
        const { other, ...rest } = SEPARATIONS[id]
        if ('mayBeNobody' in rest) continue
        const { [other]: _, ...where } = EVERY_FACT
        const [role] = [...(POLICY[act].anyone ?? []), ...(POLICY[act].members ?? [])]
        assert(role)
        assert.equal(denial(someone(role), act, where), 'UNKNOWN', `${act} ${id}`)
      }
    const { purpose: _, ...unsaid } = EVERY_FACT
    assert.equal(denial(someone('investigator'), 'notice.serve', unsaid), 'UNKNOWN')
  })

  it('lets nobody decide on what they asked for, are the officer of, or ran', () => {
    const inspector = someone('authorising_officer', 'investigator', 'extraction_officer')
    for (const act of ['decision.grant', 'decision.narrow', 'decision.refuse', 'decision.return'] as const)
      for (const fact of ['requestedBy', 'investigator', 'extractedBy'] as const)
        assert.equal(denial(inspector, act, { ...EVERY_FACT, [fact]: 'p1' }), 'SAME_PERSON', `${act} ${fact}`)
    assert.equal(denial(inspector, 'extraction.start', { ...EVERY_FACT, authorisedBy: 'p1' }), 'SAME_PERSON')
  })

  it('lets an authorising officer decide before anything was extracted', () => {
    const { extractedBy: _, ...where } = EVERY_FACT
    assert.equal(denial(someone('authorising_officer'), 'decision.grant', where), undefined)
  })

  it('lets nobody approve the destruction that they proposed, nor dispose in a case of their own', () => {
    const reviewer = someone('records_reviewer', 'information_asset_owner', 'investigator')
    assert.equal(denial(reviewer, 'destruction.approve'), undefined)
    assert.equal(denial(reviewer, 'destruction.approve', { ...EVERY_FACT, proposedBy: 'p1' }), 'SAME_PERSON')
    for (const act of ['destruction.approve', 'destruction.propose', 'retention.decide', 'hold.lift'] as const)
      assert.equal(denial(reviewer, act, { ...EVERY_FACT, investigator: 'p1' }), 'SAME_PERSON', act)
  })

  it('hides what was set apart from whoever extracted it and from the officer in the case', () => {
    assert.equal(denial(someone('counsel'), 'extract.see_privileged'), undefined)
    for (const fact of ['extractedBy', 'investigator'] as const)
      assert.equal(denial(someone('counsel'), 'extract.see_privileged', { ...EVERY_FACT, [fact]: 'p1' }), 'SAME_PERSON')
    for (const role of roles.filter((one) => one !== 'counsel'))
      assert.equal(denial(someone(role), 'extract.see_privileged'), 'NOT_YOUR_ROLE', role)
  })

  it('asks whoever decides for a rank, which the force may set', () => {
    const sergeant = { ...someone('authorising_officer'), rank: 'sergeant' }
    assert.equal(denial(sergeant, 'decision.grant'), 'RANK')
    assert.equal(denial({ id: 'p1', roles: ['authorising_officer'] }, 'decision.grant'), 'RANK')
    assert.equal(denial(sergeant, 'decision.grant', { ...EVERY_FACT, authorisingRanks: ['sergeant'] }), undefined)
    assert.equal(
      denial({ ...sergeant, rank: 'Temporary Detective Chief Inspector' }, 'decision.grant', EVERY_FACT),
      undefined,
    )
  })

  it('holds people to the Part of Schedule 3 that lists them', () => {
    const of = (schedule3: 1 | 2 | 3, purpose: Where['purpose'] & string) =>
      denial({ ...someone('extraction_officer'), schedule3 }, 'extraction.start', { ...EVERY_FACT, purpose })
    assert.equal(of(1, 'death-investigation'), undefined)
    assert.equal(of(2, 'death-investigation'), 'NOT_ENTITLED')
    assert.equal(of(2, 'missing-person'), undefined)
    assert.equal(of(3, 'missing-person'), 'NOT_ENTITLED')
    assert.equal(of(3, 'crime'), undefined)
    assert.equal(denial({ id: 'p1', roles: ['extraction_officer'] }, 'extraction.start'), 'NOT_ENTITLED')
    assert(isEntitled(undefined, 'another-power'))
  })

  it('takes no agreement from an adult of last resort who could use the power', () => {
    const officer = someone('investigator')
    const by = (responsibleAdult: NonNullable<Where['responsibleAdult']>) =>
      denial(officer, 'agreement.record', { ...EVERY_FACT, responsibleAdult })
    assert.equal(by({ authorisedPerson: false }), undefined)
    assert.equal(by({ authorisedPerson: true }), 'FALLBACK_ADULT')
    assert.equal(by({ id: 'p1', authorisedPerson: false }), 'FALLBACK_ADULT')
  })

  it('gives a reason in a sentence, which names nobody', () => {
    fc.assert(
      fc.property(somePerson, someAct, someWhere, (person, act, where) => {
        const verdict = may(person, act, where)
        if (verdict.allowed) return
        assert.match(verdict.says, /^[A-Z].*\.$/)
        assert(!/\bp[123]\b/.test(verdict.says))
      }),
      { seed: 4, numRuns: 5000 },
    )
  })
})

describe('roles', () => {
  it('are words that a directory can send', () => {
    for (const role of roles) assert.match(role, /^[a-z]+(?:_[a-z]+)*$/)
    assert(isRole('auditor') && !isRole('root') && !isRole('toString'))
    assert.equal(roleEntry('counsel').law, 'H10, G1')
  })

  it('that nobody may hold together are refused in either order, with a reason', () => {
    for (const { roles: pair, because } of CONFLICTS)
      for (const both of [pair, [...pair].reverse()]) {
        const verdict = mayHoldTogether(both)
        assert(!verdict.allowed)
        assert(verdict.says.startsWith('Nobody may be ') && because.length > 0)
        for (const act of acts) assert.equal(denial(someone(...both), act), 'ROLES_CONFLICT')
      }
  })

  it('of keys, log, service and audit are in four different hands', () => {
    const four = ['key_custodian', 'log_custodian', 'administrator', 'auditor'] as const
    for (const one of four)
      for (const other of four) assert.equal(mayHoldTogether([one, other]).allowed, one === other, `${one} ${other}`)
  })

  it('of an inspector who also investigates may be held together: separations hold by case', () => {
    assert(mayHoldTogether(['investigator', 'authorising_officer', 'records_reviewer', 'disclosure_officer']).allowed)
    assert(mayHoldTogether([]).allowed)
  })
})

function denial(person: Person, act: Act, where: Where = EVERY_FACT): string | undefined {
  const verdict = may(person, act, where)
  return verdict.allowed ? undefined : verdict.code
}
