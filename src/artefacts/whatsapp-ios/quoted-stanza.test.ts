import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { quotedStanza } from './quoted-stanza.ts'

const id = '3A26649A0A496377CB01'
const field = (number: number, text: string) =>
  Buffer.concat([Buffer.from([number * 8 + 2, text.length]), Buffer.from(text)])

test('finds the id of the answered message behind other fields, and without what is quoted', () => {
  const before = Buffer.concat([
    Buffer.from([8, 200, 1, 0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0x1d, 0, 0, 0, 0]),
    field(4, 'x'),
  ])
  assert.equal(quotedStanza(Buffer.concat([before, field(5, id), field(6, 'jid')])), id)
  assert.equal(quotedStanza(Buffer.concat([field(5, id)])), id)
})

test('finds none where there is none, or it is cut, or it is no id', () => {
  assert.equal(quotedStanza(Buffer.alloc(0)), undefined)
  assert.equal(quotedStanza(field(4, id)), undefined)
  assert.equal(quotedStanza(field(5, id).subarray(0, 10)), undefined)
  assert.equal(quotedStanza(field(5, 'two words')), undefined)
})

test('any bytes at all are read to an end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      const found = quotedStanza(bytes)
      assert.ok(found === undefined || Buffer.from(bytes).includes(found))
    }),
    { seed: 11, numRuns: 5_000 },
  )
})
