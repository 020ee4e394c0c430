import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fold, says } from '../records/index.ts'
import { highlight, phrasesIn, snippet } from './highlight.ts'

const hits = (text: string, ...phrases: string[]) =>
  highlight(text, phrases)
    .filter(({ hit }) => hit)
    .map(({ text: found }) => found)

test('whole words are marked, case and accents folded, and runs of words together', () => {
  assert.deepEqual(hits('The Heron waits. HERON!', 'heron'), ['Heron', 'HERON'])
  assert.deepEqual(hits('herons are not one heron', 'heron'), ['heron'])
  assert.deepEqual(hits('At the Café, not the cafe’s', 'cafe'), ['Café', 'cafe'])
  assert.deepEqual(hits('by the   river; the river bank', 'the river'), ['the   river', 'the river'])
  assert.deepEqual(hits('早上好，我带了饺子', '饺子'), ['饺子'])
  assert.deepEqual(hits('nothing of the sort', 'zanzibar'), [])
})

test('what is marked together is the text, whatever the text and the phrases are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.string({ unit: 'grapheme' })), (text, phrases) => {
      const runs = highlight(text, phrases)
      assert.equal(runs.map((run) => run.text).join(''), text)
      const cut = snippet(text, phrases, 20)
      assert(cut.every((run) => run.text.isWellFormed() || !text.isWellFormed()))
    }),
  )
})

test('something is marked wherever the words of a phrase are said', () => {
  const word = fc.constantFrom('heron', 'Café', 'river', '早上好', 'don’t', '😀', 'naïve', 'ﬁne', '①')
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), word, (words, phrase) => {
      const text = words.join(' ')
      assert.equal(hits(text, phrase).length > 0, says(fold(text), fold(phrase)))
    }),
  )
})

test('what somebody types is words, and phrases between quotes', () => {
  assert.deepEqual(phrasesIn('  the "river bank" Café “at night” !! "'), ['the', 'river bank', 'Café', 'at night'])
  assert.deepEqual(phrasesIn('… ""'), [])
})

test('a long text is cut to what stands around the first hit', () => {
  const text = `${'a '.repeat(500)}heron ${'b '.repeat(500)}`
  const cut = snippet(text, ['heron'], 100)
  assert(cut.some(({ hit }) => hit))
  assert.equal(cut[0]?.text.startsWith('…'), true)
  assert(cut.reduce((sum, run) => sum + run.text.length, 0) < 110)
})
