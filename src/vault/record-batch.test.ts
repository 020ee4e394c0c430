import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { pack, unpack } from './record-batch.ts'

const record = fc.record(
  {
    id: fc.stringMatching(/^[a-z2-7]{26}$/),
    kind: fc.constantFrom('message', 'call'),
    app: fc.constantFrom('sms', 'com.example.other app'),
    timeMs: fc.option(fc.integer({ min: 1 }), { nil: undefined }),
    context: fc.boolean(),
    json: fc.json().map((text) => JSON.stringify(JSON.parse(text))),
    words: fc.constantFrom('', ' heron ', ' 明 天 '),
  },
  { noNullPrototype: true },
)

test('what is packed comes out as it went in, in the same order', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 20 }), (records) => {
      assert.deepEqual([...unpack(pack(records))], records)
    }),
    { seed: 1 },
  )
})
