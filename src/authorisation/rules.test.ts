import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { aDocument } from './a-document.ts'
import type { Authorisation } from './authorisation.ts'
import { parseInstant } from './instant.ts'
import { parseAuthorisation } from './parse.ts'
import { isRankListed } from './rank.ts'

type Changes = Partial<Record<keyof Authorisation, unknown>>

function wrong(changes: Changes): string[] {
  return (parseAuthorisation(JSON.stringify(aDocument(changes))).problems ?? []).map(({ path }) => path)
}

const clause = aDocument().scope[0]
const agreement = aDocument().agreement
const none = undefined
const s40 = { power: 'pcsc-2022-s40', agreement: none, without_agreement: { condition: 'missing', facts: 'x' } }
const s41 = { power: 'pcsc-2022-s41', purpose: 'death-investigation', agreement: none, coroner: { reference: 'x' } }
const s8 = { power: 'pace-1984-s8', agreement: none, instrument: { kind: 'warrant', reference: 'x' } }

describe('the rules of an authorisation', () => {
  it('let a second version name the one that it replaces, and only then', () => {
    assert.deepEqual(wrong({ version: 2, supersedes: 'a'.repeat(64) }), [])
    assert.deepEqual(wrong({ version: 2 }), ['supersedes'])
    assert.deepEqual(wrong({ version: 1, supersedes: 'a'.repeat(64) }), ['supersedes'])
    assert.deepEqual(wrong({ version: 2, supersedes: 'A'.repeat(64) }), ['supersedes'])
  })

  it('give every power its own ground', () => {
    for (const right of [s40, s41, s8]) assert.deepEqual(wrong(right), [])
    assert.deepEqual(wrong({ agreement: none }), ['agreement'])
    assert.deepEqual(wrong({ ...s40, without_agreement: none }), ['without_agreement'])
    assert.deepEqual(wrong({ ...s41, coroner: none }), ['coroner'])
    assert.deepEqual(wrong({ ...s8, instrument: none }), ['instrument'])
    assert.deepEqual(wrong({ ...s8, agreement }), ['agreement'])
    assert.deepEqual(wrong({ instrument: s8.instrument }), ['instrument'])
  })

  it('give every power its own purposes', () => {
    assert.deepEqual(wrong({ purpose: 'missing-person' }), [])
    assert.deepEqual(wrong({ purpose: 'death-investigation' }), ['purpose'])
    assert.deepEqual(wrong({ ...s41, purpose: 'crime' }), ['purpose'])
    assert.deepEqual(wrong({ ...s8, purpose: 'missing-person' }), ['purpose'])
  })

  it('want another power named, and no agreement to stand in for a seizure', () => {
    const instrument = { kind: 'order', reference: 'x' }
    assert.deepEqual(wrong({ power: 'other', agreement: none, instrument }), ['instrument.enactment'])
    assert.deepEqual(wrong({ power: 'other', agreement: none, instrument: { ...instrument, enactment: 'x' } }), [])
    assert.deepEqual(wrong({ device: { ...aDocument().device, user_role: 'suspect' } }), ['device.user_role'])
  })

  it('put notice before agreement before the time of validity', () => {
    const at = (notice: string, agreed: string) => ({
      agreement: { ...agreement, notice_served: `2026-03-20T${notice}Z`, agreed: `2026-03-20T${agreed}Z` },
    })
    assert.deepEqual(wrong(at('10:00:00', '10:00:00')), ['agreement.agreed'])
    assert.deepEqual(wrong(at('10:00:01', '10:00:00')), ['agreement.agreed'])
    assert.deepEqual(wrong(at('10:00:00', '12:00:00')), ['valid.from'])
    assert.deepEqual(wrong(at('11:59:58', '11:59:59')), [])
  })

  it('compare instants, not their writing', () => {
    const between = { from: '2026-03-01T01:00:00+01:00', to: '2026-03-01T00:00:00.001Z' }
    assert.deepEqual(wrong({ scope: [{ ...clause, between }] }), [])
    const equal = { from: '2026-03-01T01:00:00+01:00', to: '2026-03-01T00:00:00Z' }
    assert.deepEqual(wrong({ scope: [{ ...clause, between: equal }] }), ['scope[0].between'])
  })

  it('put every beginning before its end', () => {
    const backwards = { from: '2026-04-20T12:00:00Z', until: '2026-04-20T12:00:00Z' }
    assert.deepEqual(wrong({ valid: backwards }), ['valid'])
  })

  it('tie every clause to a line of enquiry, and name each once', () => {
    assert.deepEqual(wrong({ scope: [{ ...clause, line_of_enquiry: 'L2' }] }), ['scope[0].line_of_enquiry'])
    assert.deepEqual(wrong({ scope: [clause, clause] }), ['scope[1].id'])
    const [line] = aDocument().lines_of_enquiry
    assert.deepEqual(wrong({ lines_of_enquiry: [line, line] }), ['lines_of_enquiry[1].id'])
  })

  it('want other means weighed where too much or something confidential may be taken', () => {
    const risk = { risk: true, reason: 'x' }
    const no = { risk: false, reason: 'x' }
    const weigh = (excess_information: unknown, confidential_information: unknown, alternatives: unknown) =>
      wrong({ excess_information, confidential_information, alternatives })
    assert.deepEqual(weigh(risk, no, none), ['alternatives'])
    assert.deepEqual(weigh(no, risk, []), ['alternatives'])
    assert.deepEqual(weigh(no, no, none), [])
    assert.deepEqual(weigh(risk, risk, aDocument().alternatives), [])
  })

  it('let nobody authorise their own request, however the id is written', () => {
    const authorised_by = { id: 'PC-4321', name: 'x', rank: 'inspector' }
    assert.deepEqual(wrong({ authorised_by }), ['authorised_by.id'])
  })

  it('want an inspector or above, or whom the force lists', () => {
    const by = (rank: string) => ({ authorised_by: { id: 'x', name: 'x', rank } })
    assert.deepEqual(wrong(by('sergeant')), ['authorised_by.rank'])
    for (const rank of ['Inspector', 'Detective Inspector', 'temporary chief-inspector', 'T/Inspector'])
      assert.deepEqual(wrong(by(rank)), [], rank)
    const text = JSON.stringify(aDocument(by('sergeant')))
    assert(parseAuthorisation(text, { authorisingRanks: ['sergeant'] }).authorisation)
    assert(!isRankListed('inspector of taxes', ['inspector']))
  })

  it('let agree who may agree', () => {
    const by = (changes: object) => wrong({ agreement: { ...agreement, ...changes } })
    assert.deepEqual(by({ by: 'parent-or-guardian' }), ['agreement.by'])
    assert.deepEqual(by({ user_is: 'child', views_of_child: 'x' }), ['agreement.by'])
    assert.deepEqual(by({ user_is: 'child', by: 'parent-or-guardian' }), ['agreement.views_of_child'])
    assert.deepEqual(by({ user_is: 'child', by: 'parent-or-guardian', views_of_child: 'x' }), [])
    assert.deepEqual(by({ user_is: 'child', by: 'attorney', views_of_child: 'x' }), ['agreement.by'])
    assert.deepEqual(by({ user_is: 'adult-without-capacity', by: 'attorney' }), [])
    const adult = { user_is: 'adult-without-capacity', by: 'responsible-adult' }
    assert.deepEqual(by(adult), ['agreement.why_no_other_person'])
    assert.deepEqual(by({ ...adult, why_no_other_person: 'x' }), [])
  })

  it('notice a wrong digit in an IMEI', () => {
    const imei = (imei: string) => wrong({ device: { ...aDocument().device, imei } })
    assert.deepEqual(imei('490154203237518'), [])
    assert.deepEqual(imei('49-015420-323751-8'), [])
    assert.deepEqual(imei('490154203237519'), ['device.imei'])
  })
})

describe('an instant', () => {
  it('is read to the millisecond, with its zone', () => {
    assert.equal(parseInstant('1970-01-01T00:00:00Z'), 0)
    assert.equal(parseInstant('1970-01-01T00:00:00.5Z'), 500)
    assert.equal(parseInstant('1970-01-01T01:30:00.001+01:30'), 1)
    assert.equal(parseInstant('1969-12-31T19:00:00-05:00'), 0)
    assert.equal(parseInstant('2024-02-29T23:59:59.999Z'), Date.parse('2024-02-29T23:59:59.999Z'))
    assert.equal(parseInstant('0099-01-01T00:00:00Z'), Date.parse('0099-01-01T00:00:00Z'))
  })

  it('is not read from what names no instant', () => {
    for (const text of [
      '2026-02-29T00:00:00Z',
      '2026-02-30T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-00-01T00:00:00Z',
      '2026-01-00T00:00:00Z',
      '2026-01-01T24:00:00Z',
      '2026-01-01T00:60:00Z',
      '2026-01-01T00:00:60Z',
      '2026-01-01T00:00:00',
      '2026-01-01T00:00:00+24:00',
      '2026-01-01T00:00:00+01:60',
      '2026-01-01T00:00:00.0001Z',
      '2026-01-01',
      '2026-01-01 00:00:00Z',
      '2026-01-01T00:00:00z',
      '',
    ])
      assert.equal(parseInstant(text), undefined, text)
  })
})
