import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FORCE } from './a-request.fixture.ts'
import { type CopyToRead, oralRecord, parentLetter, refusalLetter, withdrawalLetter } from './letters.ts'
import type { Paper } from './paper.ts'

const LETTER = { force: FORCE, reference: 'A/2026/0142', on: '2026-03-21' }
const part = (paper: Paper, key: string) => JSON.stringify(paper.parts.find((one) => one.key === key))

test('withdrawing before, during and after has three outcomes for what was taken', () => {
  const before = withdrawalLetter({ ...LETTER, stage: 'before' })
  const during = withdrawalLetter({ ...LETTER, stage: 'during', decideBy: '2026-04-18' })
  const after = withdrawalLetter({ ...LETTER, stage: 'after', decideBy: '2026-04-18' })
  assert.match(part(before, 'data'), /nothing for our system to delete/)
  assert.match(part(during, 'data'), /locked.*We delete the rest.*18 April 2026/)
  assert.match(part(after, 'data'), /must keep that part, even now.*18 April 2026/)
  assert.equal(new Set([before, during, after].map((one) => part(one, 'data'))).size, 3)
})

test('B23: a letter about a change of mind says of each copy that is there to be read who deletes it, and claims no deletion as done', () => {
  const letterFor = (copies: readonly CopyToRead[]) =>
    part(withdrawalLetter({ ...LETTER, stage: 'before', copies }), 'data')
  assert.match(letterFor(['handed-in']), /system was given a bigger copy of the phone. It deletes that copy now/)
  assert.match(letterFor(['kiosk']), /cannot delete it. Northmoor Police must see to it/)
  assert.doesNotMatch(letterFor(['kiosk']), /nothing for our system|It deletes/)
  const during = part(withdrawalLetter({ ...LETTER, stage: 'during', kept: false, copies: ['kiosk'] }), 'data')
  assert.match(during, /is stopping now.*keeps none of that.*another police machine/)
  assert.doesNotMatch(during, /have deleted|kept nothing/)
})

test('no letter about a no or a change of mind holds it against anyone, and each says that the work goes on', () => {
  for (const one of [
    refusalLetter(LETTER),
    withdrawalLetter({ ...LETTER, stage: 'before' }),
    withdrawalLetter({ ...LETTER, stage: 'after', decideBy: '2026-04-18' }),
  ])
    assert.match(part(one, 'next'), /not held against you.*goes on/)
})

test('B24: whoever says no is told that they can have the device back', () => {
  assert.match(part(refusalLetter(LETTER), 'next'), /You can have the phone back now/)
})

test('an oral record keeps the words as they were said, or leaves room for them', () => {
  const said = oralRecord({
    ...LETTER,
    answer: 'no',
    words: '<b>No</b>, not my pictures',
    whyNotWritten: 'a broken hand',
  })
  assert.match(part(said, 'said'), /did not agree.*<b>No<\/b>, not my pictures/)
  assert.match(part(said, 'why'), /a broken hand/)
  assert.match(part(oralRecord({ ...LETTER, answer: 'yes' }), 'said'), /Their words/)
})

test('a parent is told that another adult agreed, and what they can do now', () => {
  const told = parentLetter({ ...LETTER, adult: 'a neighbour' })
  assert.equal(told.audience, 'adult-for-child')
  assert.match(part(told, 'what'), /the child’s phone.*a neighbour.*child thinks/)
  assert.match(part(told, 'next'), /tell us to stop/)
  assert.doesNotMatch(part(parentLetter({ ...LETTER, adult: 'a neighbour', child: false }), 'what'), /child/)
})

test('every letter says whom to ask, and to whom to complain, as the settings say', () => {
  for (const one of [refusalLetter(LETTER), parentLetter({ ...LETTER, adult: 'a neighbour' })]) {
    assert.match(part(one, 'contact'), /020 7946 0101/)
    assert.match(part(one, 'rights'), /the Information Commission: regulator\.example/)
  }
})
