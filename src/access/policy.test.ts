import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { type Act, ACTS } from './acts.ts'
import { EVERY_FACT, someone } from './every-fact.fixture.ts'
import { CONTENT_ROLES } from './hold-together.ts'
import { may, whoMay } from './may.ts'
import { POLICY } from './policy.ts'
import { ROLES } from './roles.ts'

const GOLDEN = new URL('./policy.golden.txt', import.meta.url)
const acts = Object.keys(ACTS) as Act[]
const roles = ROLES.map(({ id }) => id)

describe('the policy', () => {
  it('is the table that was agreed, every act by every role', () => {
    const made = table()
    if (process.env['PEEL_GOLDEN'] === 'write') writeFileSync(GOLDEN, made)
    assert.equal(made, readFileSync(GOLDEN, 'utf8'))
  })

  it('has a rule for every act, a row of law for every rule, and somebody who may', () => {
    assert.deepEqual(Object.keys(POLICY), acts)
    for (const act of acts) {
      assert.match(POLICY[act].law, /^(?:[A-Z]\d|[A-Z]-LOG)/, act)
      const { members, anyone } = whoMay(act)
      assert(members.length + anyone.length > 0, act)
      assert.deepEqual(
        members.filter((role) => anyone.includes(role)),
        [],
        `${act}: one role, one way`,
      )
    }
  })

  it('shows what came from a phone only to members of the case, with a second factor or after one', () => {
    for (const act of acts.filter((one) => POLICY[one].content)) {
      // A recording is of no case yet: it is heard by those alone who may, one at a time, when somebody else has allowed it.
      if (act === 'recording.listen') assert.deepEqual(whoMay(act).anyone, ['disclosure_officer'])
      else assert.deepEqual(whoMay(act).anyone, [], act)
      // A tag is set inside an extract that is open, and so behind the second factor that opened it.
      if (act !== 'extract.tag') assert(POLICY[act].stepUp, act)
      for (const role of whoMay(act).members) assert(CONTENT_ROLES.includes(role), `${act} by ${role}`)
    }
    for (const act of acts.filter((one) => one.startsWith('extract.'))) assert(POLICY[act].content, act)
  })

  it('asks for a second factor before granting, opening and destroying', () => {
    for (const act of ['decision.grant', 'decision.narrow', 'extraction.start', 'extract.open'] as const)
      assert(POLICY[act].stepUp, act)
    for (const act of acts.filter((one) => /^(?:destruction|batch|recording)\./.test(one)))
      assert(POLICY[act].stepUp, act)
    for (const act of acts.filter((one) => POLICY[one].effect === 'keep')) assert(POLICY[act].stepUp, act)
  })

  it('lets whoever runs the service, its keys or its log do nothing else than see and report a breach', () => {
    for (const role of ['administrator', 'key_custodian', 'log_custodian'] as const) {
      const theirs = acts.filter((act) => POLICY[act].anyone?.includes(role) || POLICY[act].members?.includes(role))
      for (const act of theirs) assert(['see', 'report', 'keep'].includes(POLICY[act].effect), `${act} by ${role}`)
    }
    assert.deepEqual(whoMay('keys.administer').anyone, ['key_custodian'])
    assert.deepEqual(whoMay('log.administer').anyone, ['log_custodian'])
  })

  it('C27: lets everybody report a breach, whatever their role', () => {
    assert.deepEqual(whoMay('breach.report').anyone, roles)
  })
})

/** One line an act: `yes`, `case` where only a member may, `.` for no; then what else is asked. */
function table(): string {
  const short = (role: string) => role.replace('_', '').slice(0, 4)
  assert.equal(new Set(roles.map(short)).size, roles.length)
  const cells = (act: Act) =>
    roles.map((role) => {
      if (may(someone(role), act, { ...EVERY_FACT, memberOf: false }).allowed) return 'yes'
      return may(someone(role), act, EVERY_FACT).allowed ? 'case' : '.'
    })
  const asked = ({ stepUp, rank, seniorRank, schedule3, apart = [] }: (typeof POLICY)[Act]) =>
    [stepUp && 'step-up', rank && 'rank', seniorRank && 'senior-rank', schedule3 && 'schedule-3', ...apart]
      .filter(Boolean)
      .join(' ')
  const line = (first: string, rest: readonly string[], last: string) =>
    `${first.padEnd(26)}${rest.map((cell) => cell.padEnd(5)).join('')} ${last}`.trimEnd()
  return [
    ...roles.map((role) => `${short(role).padEnd(5)}${role}`),
    '',
    line('', roles.map(short), 'asked besides'),
    ...acts.map((act) => line(act, cells(act), asked(POLICY[act]))),
    '',
  ].join('\n')
}
