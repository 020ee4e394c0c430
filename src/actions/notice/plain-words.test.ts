import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeNotice, type NoticeRequest } from '../../notice/index.ts'
import { LADDER, OUTCOMES } from '../request/ladder.ts'

const FORCE = {
  name: 'Northmoor Police',
  contact: ['020 7946 0101'],
  regulator: { name: 'the Information Commission', contact: ['regulator.example'] },
}

test('a notice has plain words for every means of the ladder and for whatever may have become of it', () => {
  const request: NoticeRequest = {
    reference: 'A/2026/0142',
    version: 1,
    power: 'pcsc-2022-s37',
    purpose: 'crime',
    device: { exhibit: 'AB/1', user_role: 'victim', description: 'phone, black' },
    lines_of_enquiry: [{ id: 'L1', proposition: 'He set up the meeting.', why_this_device: 'It is on it.' }],
    scope: [{ id: 'C1', line_of_enquiry: 'L1', records: ['contact'] }],
    alternatives: LADDER.flatMap(({ means }) => OUTCOMES.map((outcome) => ({ means, outcome, reason: 'x' }))),
  }
  const { parts } = makeNotice(request, { force: FORCE, reviewBy: '2026-06-20' })
  const said = parts.find(({ key }) => key === 'reason')?.paragraphs.at(-1)?.items ?? []
  assert.equal(said.length, LADDER.length * OUTCOMES.length)
  for (const item of said) {
    const [means = '', outcome = ''] = item.split(': ')
    assert(!LADDER.some((rung) => rung.means === means), means)
    assert(!OUTCOMES.some((one) => one === outcome), outcome)
  }
})
