import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { attributedBody } from './typedstream.ts'

const testdata = process.env.PEEL_TESTDATA ?? join(import.meta.dirname, '../../../../shared/testdata')
const real = join(testdata, 'ios-messages/streamtyped/AttributedBodyTextOnly')

test('an archived text is, byte for byte, what a phone wrote', {
  skip: !existsSync(real) && 'no real phone data here',
}, () => {
  assert.deepEqual(attributedBody('Noter test'), readFileSync(real))
})

test('lengths are counted in bytes for the text and in UTF-16 units for its run, in as few bytes as hold them', () => {
  const short = attributedBody('é')
  assert.ok(short.includes(Buffer.from([0x2b, 2, 0xc3, 0xa9, 0x86, 0x84, 0x02, 0x69, 0x49, 1, 1])))
  const long = attributedBody('x'.repeat(300))
  assert.ok(long.includes(Buffer.from([0x2b, 0x81, 0x2c, 0x01, 0x78])))
  const longest = attributedBody('x'.repeat(40_000))
  assert.ok(longest.includes(Buffer.from([0x2b, 0x82, 0x40, 0x9c, 0x00, 0x00, 0x78])))
})
