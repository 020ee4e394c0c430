import assert from 'node:assert/strict'
import { test } from 'node:test'
import { summaryOf } from './archive.fixture.ts'
import { fuzzSummary } from './fuzz.fixture.ts'
import { readSummary } from './summary.ts'

test('versions of several parts are told in the order of their times, and current texts in the order of the parts', () => {
  const summary = readSummary(
    summaryOf({
      10: [
        [700_000_000, 'ten, first'],
        [700_000_300, 'ten, last'],
      ],
      2: [
        [700_000_100, 'two, first'],
        [700_000_200, 'two, last'],
      ],
    }),
  )
  assert.deepEqual(
    summary?.edits.map(({ body }) => body),
    ['ten, first', 'two, first'],
  )
  assert.equal(summary?.current, 'two, lastten, last')
})

test('a version with neither text nor time is kept as that', () => {
  const bytes = Buffer.from(
    '<plist><dict><key>ec</key><dict><key>0</key><array><string>odd</string><dict/></array></dict></dict></plist>',
  )
  assert.deepEqual(readSummary(bytes), { edits: [{}], unsent: false, current: null })
})

test('bytes that are no property list, and lists that are no history, give none', () => {
  assert.equal(readSummary(Buffer.from('nothing')), undefined)
  assert.equal(readSummary(Buffer.from('<plist><array/></plist>')), undefined)
  assert.deepEqual(readSummary(Buffer.from('<plist><dict><key>ec</key><integer>1</integer></dict></plist>')), {
    edits: [],
    unsent: false,
    current: null,
  })
})

test('no bytes make the reader of histories crash or hang', () => {
  fuzzSummary({ numRuns: 1500, seed: 5 })
})
