import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FORCE } from './a-request.fixture.ts'
import { qrSvg } from './qr.ts'
import { type ReceiptOptions, receipt } from './receipt.ts'

const given: ReceiptOptions = {
  force: FORCE,
  reference: 'A/2026/0142',
  on: '2026-03-21',
  taken: {
    records: { message: 1412, call: 0, contact: 3 },
    attachments: 17,
    left: 20123,
    files: { opened: 12, not_opened: 40210 },
    root: 'ab'.repeat(32),
  },
  why: 'We are looking into a crime.',
  reviewOn: '2026-06-20',
  code: 'K7QF-2M9X',
  link: 'https://peel.northmoor.example/mine',
}
const said = (changes: Partial<ReceiptOptions> = {}) => JSON.stringify(receipt({ ...given, ...changes }).parts)

test('a receipt says in numbers what was taken and left, and the check number that stands for all of it', () => {
  assert.match(said(), /messages: 1,412/)
  assert.match(said(), /contacts: 3/)
  assert.doesNotMatch(said(), /calls/)
  assert.match(said(), /20,123/)
  assert.match(said(), /belong to them: 17/)
  assert.doesNotMatch(said({ taken: { ...given.taken, left: 0, attachments: 0 } }), /belong to them|same kinds/)
  assert.ok(said().includes('ab'.repeat(32)))
  assert.match(said({ taken: { ...given.taken, records: {} } }), /took nothing/)
})

test('B21: where some of it was destroyed since, a receipt says how many, and its check number stands for what is left', () => {
  assert.match(said(), /stands for all that we took/)
  const since = said({ taken: { ...given.taken, destroyed: 12 } })
  assert.match(since, /deleted 12 of these/)
  assert.match(since, /stands for all that we still have/)
  assert.doesNotMatch(since, /all that we took/)
})

test('what was taken as context is told apart, and counted with the rest', () => {
  assert.match(said({ taken: { ...given.taken, context: 9 } }), /just before or after.*counted above: 9\./)
  assert.doesNotMatch(said(), /just before or after/)
})

test('a receipt says why as what is to be found out, not as what happened', () => {
  assert.match(said({ why: 'He set up the meeting.' }), /This is what we want to find out:.*He set up the meeting\./)
})

test('a receipt says what a change of mind does, where there is an agreement that can be withdrawn', () => {
  assert.match(said(), /change your mind.*take nothing more.*delete the rest/)
  assert.doesNotMatch(said({ mayWithdraw: false }), /change your mind/)
})

test('a receipt says when it is looked at again, and the day of deletion only where there is one', () => {
  assert.match(said(), /20 June 2026/)
  assert.match(said(), /cannot name the day/)
  assert.match(said({ earliestDestruction: '2027-03-01' }), /1 March 2027/)
})

test('the square says the link alone: no code and no reference goes into an address', () => {
  assert.equal(receipt(given).code?.svg, qrSvg(given.link))
  assert.match(qrSvg(given.link), /^<svg [^<>]*><rect [^<>]*\/><path d="[Mhvz0-9 -]*" fill="#000"\/><\/svg>$/)
})

test('a code or a link of another form is refused, without being repeated', () => {
  for (const code of ['k7qf-2m9x', 'JO ASHDOWN', 'K7QF', '<b>-AAAA'])
    assert.throws(() => receipt({ ...given, code }), { code: 'BAD_CODE' })
  for (const link of ['http://peel.example/', 'https://peel.example/?who=jo', 'javascript:alert(1)', 'https://a b/'])
    assert.throws(
      () => receipt({ ...given, link }),
      (error: Error & { code?: string }) => error.code === 'BAD_LINK' && !error.message.includes('peel'),
    )
})
