import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Clause } from './scope.ts'
import { sensitiveIn } from './sensitive.ts'

const clause = (changes: Partial<Clause>): Clause => ({
  id: 'C1',
  line_of_enquiry: 'L1',
  records: ['message'],
  ...changes,
})
const codes = (changes: Partial<Clause>) => sensitiveIn([clause(changes)]).map(({ code }) => code)

describe('what a scope may give away', () => {
  it('G12: is warned of word by word, whole words and phrases, in any writing', () => {
    assert.deepEqual(codes({ containing: { any: ['lift home', 'Abortion clinic', 'GAY'] } }), [
      'keyword_sensitive',
      'keyword_sensitive',
    ])
    assert.deepEqual(codes({ containing: { all: ['sussex', 'race-course'] } }), ['keyword_sensitive'])
    assert.deepEqual(codes({ containing: { any: ['Essex', 'meet', 'station'] } }), [])
  })

  it('G12: says of a complainant’s sexual history that it is not to be gone through', () => {
    assert.match(sensitiveIn([clause({ containing: { any: ['sex'] } })])[0]?.message ?? '', /sexual history/)
  })

  it('G3: is warned of for apps about health, and for the names of all apps', () => {
    assert.deepEqual(codes({ apps: ['whatsapp', 'Flo Period Tracker'] }), ['app_sensitive'])
    assert.deepEqual(codes({ records: ['installed_app'] }), ['kind_sensitive'])
    assert.deepEqual(codes({ records: ['installed_app'], apps: ['whatsapp'] }), [])
  })
})
