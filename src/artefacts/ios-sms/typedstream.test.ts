import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { TESTDATA, without } from '../opened.fixture.ts'
import { archiveOf } from './archive.fixture.ts'
import { fuzzTypedstream } from './fuzz.fixture.ts'
import { typedstreamText } from './typedstream.ts'

const REAL = 'ios-messages/streamtyped'

for (const [name, text, whole] of [
  ['AttributedBodyTextOnly', 'Noter test', true],
  ['AttributedBodyTextOnly2', 'Test 3', true],
  ['Blank', '', true],
  // Its text was shortened when it was published, its length was not: what is there is read, and said to be less.
  ['ExtraData', 'This is parsing  ', false],
] as const)
  test(`the archive ${name} of a real phone holds its text`, { skip: without(`${REAL}/${name}`) }, () => {
    assert.deepEqual(typedstreamText(readFileSync(join(TESTDATA, REAL, name))), { text, whole })
  })

test('any text comes out of an archive as it went in, at every width of its length', () => {
  const long = fc.constantFrom(0, 1, 127, 128, 129, 255, 256, 32_767, 32_768, 70_000).map((n) => 'x'.repeat(n))
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), long), fc.boolean(), (text, mutable) => {
      assert.deepEqual(typedstreamText(archiveOf(text, mutable)), { text, whole: true })
    }),
    { numRuns: 300, seed: 7 },
  )
})

test('an archive by another writer, class by class, is read like those of Messages', () => {
  // The same archive with the numbers in the other order of bytes, and a plain NSString at its root.
  const bytes = Buffer.from('040b7479706564737472656d', 'hex')
  assert.equal(typedstreamText(bytes), undefined)
  const bigEndian = Buffer.concat([
    Buffer.from([4, 11]),
    Buffer.from('typedstream'),
    Buffer.from('8103e8840140848484084e53537472696e67018484084e534f626a6563740085', 'hex'),
    Buffer.from('84012b', 'hex'),
    Buffer.from([0x81, 0x01, 0x00]),
    Buffer.alloc(256, 0x61),
    Buffer.from([0x86]),
  ])
  assert.deepEqual(typedstreamText(bigEndian), { text: 'a'.repeat(256), whole: true })
})

test('an archive of something else has no text', () => {
  const number = Buffer.from(
    '040b73747265616d747970656481e803840140848484084e534e756d626572008484074e5356616c7565008484084e534f626a6563740085840169018686',
    'hex',
  )
  assert.equal(typedstreamText(number), undefined)
  assert.equal(typedstreamText(Buffer.alloc(0)), undefined)
  assert.equal(typedstreamText(Buffer.from('bplist00')), undefined)
})

test('an archive cut anywhere gives its text, a part of it, or none, and never throws', () => {
  const whole = archiveOf('Meet me at the old mill, quarter past nine', true)
  for (let end = 0; end <= whole.length; end++) {
    const found = typedstreamText(whole.subarray(0, end))
    if (found !== undefined) assert.ok('Meet me at the old mill, quarter past nine'.startsWith(found.text))
  }
})

test('no bytes make the reader crash or hang', () => {
  fuzzTypedstream({ numRuns: 3000, seed: 11 })
})
