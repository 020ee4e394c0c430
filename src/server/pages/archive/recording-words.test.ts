import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesWords, hoursWords, lengthWords, monthWords, recordingsWords } from './recording-words.ts'

test('one recording is so long to the second, and many are so long together', () => {
  assert.deepEqual([null, 0, 1, 1000, 60_000, 125_000].map(lengthWords), [
    'Not known',
    '0 seconds',
    '1 second',
    '1 second',
    '1 minute',
    '2 minutes 5 seconds',
  ])
  assert.deepEqual([0, 60_000, 61_000, 3_599_000, 3_600_000, 3_700_000, 37_224_000].map(hoursWords), [
    '0 minutes',
    '1 minute',
    '2 minutes',
    '60 minutes',
    '1 hour',
    '1 hour',
    '10.3 hours',
  ])
})

test('numbers, sizes and months are said as people say them', () => {
  assert.deepEqual([1, 999_000, 12e6, 3.2e9].map(bytesWords), ['1 kB', '999 kB', '12.0 MB', '3.2 GB'])
  assert.deepEqual([0, 1, 2300].map(recordingsWords), ['0 recordings', '1 recording', '2,300 recordings'])
  assert.equal(monthWords('2019-03'), 'March 2019')
})
