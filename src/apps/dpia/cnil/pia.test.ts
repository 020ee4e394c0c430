import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aDraft, anApprovedDpia } from '../a-dpia.fixture.ts'
import { checkDpia } from '../read-dpia.ts'
import { aPia } from './a-pia.fixture.ts'
import { fuzzPia } from './pia-fuzz.fixture.ts'
import { PIA_QUESTIONS } from './held.ts'
import { exportPia, importPia } from './pia.ts'
import { plainText, richText } from './rich-text.ts'

const text = JSON.stringify(aPia())
const { held, kept, oddities } = importPia(text)

test('what came from the CNIL’s tool and was not changed goes back as it came, known or not', () => {
  assert.equal(PIA_QUESTIONS.length, 36)
  assert.deepEqual(JSON.parse(exportPia(held, kept).text), aPia())
  assert.deepEqual(oddities, [])
})

test('what it says is in our fields, as text', () => {
  assert.equal(held.title, 'Scene Notes')
  assert.equal(held.answers.aims, 'About 111:\n\n- one & two\n- three')
  assert.equal(held.answers.people_asked, 'They were asked by letter.')
  assert.deepEqual(held.measures[0], { title: 'Locks', says: 'Rooms are locked.' })
  const [access] = held.risks
  assert.deepEqual([access?.impacts, access?.measures], [['Line of 321'], ['Locks', 'Training & drill']])
  assert(access?.severity && access.likelihood)
  checkDpia({ ...aDraft(), ...held })
})

test('what is changed here is changed there, and only that; what was validated there is open again', () => {
  const [access, ...others] = held.risks
  assert(access)
  const changed = {
    ...held,
    answers: { ...held.answers, aims: 'Notes <at> the scene\nand nothing else' },
    measures: [
      { title: 'Locks', says: 'Rooms and drawers.' },
      { title: 'Logs', says: 'Who reads is noted.' },
    ],
    risks: [{ ...access, impacts: ['A witness is found out'], severity: 'minimal' } as const, ...others],
  }
  const file = JSON.parse(exportPia(changed, kept).text)
  const expected = JSON.parse(text)
  const answer = (question: number) =>
    expected.answers.find((one: { reference_to: unknown }) => Number(one.reference_to) === question)
  answer(111).data.text = 'Notes &lt;at&gt; the scene<br />and nothing else'
  answer(321).data.list = ['A witness is found out']
  answer(325).data.gauge = 1
  expected.pia.status = 0
  expected.measures[0].content = 'Rooms and drawers.'
  expected.measures.splice(1, 1)
  expected.measures.push({ title: 'Logs', content: 'Who reads is noted.', pia_id: 7 })
  assert.deepEqual(file, expected)
  assert.deepEqual(importPia(JSON.stringify(file)).held, changed)
})

test('an assessment of ours goes out with what has no place there said, and comes back as far as it went', () => {
  const dpia = anApprovedDpia()
  const { text, left_out } = exportPia(dpia)
  const back = importPia(text).held
  assert.deepEqual([back.title, back.measures], [dpia.title, dpia.measures])
  assert(left_out.includes('answers.sensitive_data') && left_out.includes('risks[0].residual'))
  for (const [id, answer] of Object.entries(dpia.answers))
    assert.equal(back.answers[id as keyof typeof back.answers], left_out.includes(`answers.${id}`) ? undefined : answer)
  const { pia } = JSON.parse(text)
  assert.deepEqual([pia.dpo_status, pia.dpos_names], [1, 'Robin Hale'])
  assert.equal(JSON.parse(exportPia(dpia, text).text).pia.status, 0)
})

test('text is the same after it was written as the tool keeps it, whatever stands in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (given) => {
      const once = plainText(richText(plainText(given)))
      assert.equal(plainText(richText(once)), once)
    }),
  )
  assert.equal(plainText('<script>x</script>a < b &amp;lt; c &#60;d'), 'xa < b &lt; c <d')
})

test('whatever becomes of a file, it is read and given back, or refused with a code', () => {
  fuzzPia(300)
  for (const [given, code] of [
    ['[]', 'NOT_A_PIA'],
    ['{"pia":{},"answers":[1],"measures":[]}', 'NOT_A_PIA'],
    ['{', 'NOT_JSON'],
    [`{"pia":${'['.repeat(99)}`, 'TOO_DEEP'],
  ] as const)
    assert.throws(() => importPia(given), { code })
})
