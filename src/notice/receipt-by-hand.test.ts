import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FORCE } from './a-request.fixture.ts'
import { receiptByHand } from './receipt-by-hand.ts'

const given = {
  force: FORCE,
  reference: 'A/2026/0142',
  on: '2026-03-21',
  seen: { records: { message: 1412, call: 0 }, others: 0, pictures: 0 },
  why: 'We are looking into a crime.',
  code: 'K7QF-2M9X',
  link: 'https://peel.northmoor.example/mine',
} as const
const said = (changes: Partial<Parameters<typeof receiptByHand>[0]> = {}) =>
  JSON.stringify(receiptByHand({ ...given, ...changes }).parts)

test('B10: the receipt of a look by hand says how many of what was sought were seen, and that nothing is kept', () => {
  assert.match(said(), /messages: 1,412/)
  assert.doesNotMatch(said(), /calls/)
  assert.match(said(), /We saw nothing else/)
  assert.match(said(), /no picture and no copy/)
  assert.match(said({ seen: { records: {}, others: 0, pictures: 0 } }), /saw nothing of it/)
})

test('B10: it says what was seen beside, and where pictures are and when somebody asks whether they are needed', () => {
  const seen = { records: { message: 2 }, others: 1200, pictures: 3, exhibit: 'AH/2' }
  const text = said({ seen, reviewOn: '2026-06-20' })
  assert.match(text, /1,200 other things/)
  assert.match(text, /list: 3\. The police keep them under the number AH\/2/)
  assert.match(text, /20 June 2026/)
})

test('B10: its code and link are of the same form as on every receipt', () => {
  assert.throws(() => said({ code: 'K7QF' }), { code: 'BAD_CODE' })
  assert.throws(() => said({ link: 'http://elsewhere.example' }), { code: 'BAD_LINK' })
})
