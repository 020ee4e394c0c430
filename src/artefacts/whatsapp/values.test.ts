import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mediaType, telephonesOn, timeOf } from './values.ts'

test('a raw time keeps its digits, and one that is not set is no time', () => {
  assert.deepEqual(timeOf(704735850.5, 'apple_seconds'), { time: '2023-05-02T15:57:30.500Z', time_raw: '704735850.5' })
  assert.deepEqual(timeOf(0, 'unix_milliseconds'), { time_raw: '0' })
  assert.deepEqual(timeOf(null, 'unix_milliseconds'), {})
})

test('numbers are read off a contact card, without its other lines', () => {
  const card =
    'BEGIN:VCARD\nFN:Sam\nitem1.TEL;type=CELL;waid=447700900123:+44 7700 900123\nNOTE:TEL\nTEL:020 7946 0001\nEND:VCARD'
  assert.deepEqual(telephonesOn(card), ['+44 7700 900123', '020 7946 0001'])
  assert.deepEqual(telephonesOn(undefined), [])
  assert.deepEqual(telephonesOn('TEL;'.repeat(100_000)), [])
})

test('a media type is taken only where it is one', () => {
  assert.equal(mediaType('audio/ogg; codecs=opus'), 'audio/ogg')
  assert.equal(mediaType('BEGIN:VCARD'), undefined)
})
