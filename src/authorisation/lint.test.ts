import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { aDocument } from './a-document.ts'
import type { Authorisation } from './authorisation.ts'
import { lintAuthorisation } from './lint.ts'

const [clause] = aDocument().scope
const scope = [{ ...clause, records: ['message'] }]

function codes(changes: Partial<Record<keyof Authorisation, unknown>>): string[] {
  return lintAuthorisation(aDocument({ scope, ...changes })).map(({ code }) => code)
}

describe('the warnings about an authorisation', () => {
  it('are none for a narrow document', () => {
    assert.deepEqual(codes({}), [])
  })

  it('come after those about its scope', () => {
    const wide = { scope: [{ ...scope[0], between: undefined }], necessity: 'x', proportionality: 'X ' }
    assert.deepEqual(codes(wide), ['no_time_limit', 'same_reason_twice'])
  })

  it('notice a long time of validity', () => {
    const from = '2026-03-20T12:00:00Z'
    assert.deepEqual(codes({ valid: { from, until: '2026-06-18T12:00:00Z' } }), [])
    assert.deepEqual(codes({ valid: { from, until: '2026-06-18T12:00:01Z' } }), ['valid_for_long'])
  })

  it('notice confidential information that is not weighed by itself', () => {
    const { reason } = aDocument().excess_information
    assert.deepEqual(codes({ confidential_information: { risk: true, reason } }), [
      'same_reason_twice',
      'confidential_not_weighed',
    ])
    const weighed = { risk: true, reason: 'other', amount: 'little', relevance: 'none' }
    assert.deepEqual(codes({ confidential_information: weighed }), [])
  })

  it('notice a line of enquiry that nothing is taken for', () => {
    const lines = [...aDocument().lines_of_enquiry, { id: 'L2', proposition: 'x', why_this_device: 'x' }]
    assert.deepEqual(codes({ lines_of_enquiry: lines }), ['line_without_clause'])
  })
})
