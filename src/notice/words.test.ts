import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aRequest, FORCE, OPTIONS } from './a-request.fixture.ts'
import { oralRecord, parentLetter, refusalLetter, withdrawalLetter } from './letters.ts'
import { makeNotice } from './make-notice.ts'
import { AUDIENCES, type Paper } from './paper.ts'
import { questionsAndAnswers } from './questions.ts'
import { readability } from './reading-age.ts'
import { receiptByHand } from './receipt-by-hand.ts'
import { CY } from './words/cy.ts'
import { EN } from './words/en.ts'

const places = (text: string) => [...new Set(text.match(/\{[a-z_]+\}/g) ?? [])].sort()

function textOf({ title, parts }: Paper): string {
  const lines = parts.flatMap(({ heading, paragraphs, blanks }) => [
    heading,
    ...paragraphs.flatMap(({ text, items }) => [text, ...(items ?? [])]),
    ...(blanks ?? []).flat(),
  ])
  return [title, ...lines].join('\n')
}

const LETTER = { force: FORCE, reference: 'A/2026/0142', on: '2026-03-21' }
const PAPERS: readonly Paper[] = [
  ...AUDIENCES.map((audience) => makeNotice(aRequest(), { ...OPTIONS, audience })),
  makeNotice(aRequest({ power: 'pace-1984-s19' }), OPTIONS),
  questionsAndAnswers(FORCE),
  withdrawalLetter({ ...LETTER, stage: 'before' }),
  withdrawalLetter({ ...LETTER, stage: 'during', decideBy: '2026-04-18' }),
  withdrawalLetter({ ...LETTER, stage: 'after', decideBy: '2026-04-18' }),
  refusalLetter(LETTER),
  oralRecord({ ...LETTER, answer: 'yes' }),
  parentLetter({ ...LETTER, adult: 'a neighbour' }),
  receiptByHand({
    ...LETTER,
    seen: { records: { message: 12 }, others: 3, pictures: 2, exhibit: 'AH/2' },
    why: 'We are looking into a crime.',
    reviewOn: '2026-06-20',
    code: 'K7QF-2M9X',
    link: 'https://peel.northmoor.example/mine',
  }),
]

test('somebody of eleven can read every paper, as far as a formula can tell', () => {
  for (const paper of PAPERS) {
    const { age, words } = readability(textOf(paper))
    assert.ok(words > 50)
    assert.ok(age <= 11, `${paper.kind} for ${paper.audience}: ${age.toFixed(1)}`)
  }
})

test('no sentence of ours is longer than 25 words', () => {
  for (const [key, text] of Object.entries(EN))
    for (const sentence of text.split(/[.!?:](?:\s|$)/))
      assert.ok(sentence.split(/\s+/).length <= 25, `${key}: ${sentence}`)
})

test('agreement is never called by the name that data protection law has for something else', () => {
  for (const text of [...Object.values(EN), ...Object.values(CY)]) assert.doesNotMatch(text, /consent|caniat/i)
})

test('every language has only keys that English has, with the same places', () => {
  for (const [key, text] of Object.entries(CY)) {
    assert.ok(Object.hasOwn(EN, key), key)
    assert.deepEqual(places(text ?? ''), places(EN[key as keyof typeof EN]), key)
  }
})

test('the formula counts as by hand', () => {
  assert.deepEqual(readability(''), { sentences: 0, words: 0, syllables: 0, age: 0 })
  const { sentences, words, syllables } = readability('The cat sat. It looked at a little table!\nAnd moved')
  assert.deepEqual([sentences, words, syllables], [3, 11, 13])
  const hard =
    'Notwithstanding the aforementioned proportionality considerations, authorisation necessitates justification.'
  assert.ok(readability(hard).age > 20)
})
