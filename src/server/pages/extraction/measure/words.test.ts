import assert from 'node:assert/strict'
import { test } from 'node:test'
import { measureWords } from './words.ts'

const NONE = { seen: 0, relevant: 0, notRelevant: 0, excess: 0 }

test('C5: the ratio of what was taken to what was needed is said in words, and never rounded to nothing or to all', () => {
  assert.deepEqual(measureWords(0, NONE), ['Nothing was taken.'])
  assert.deepEqual(measureWords(300, NONE), [
    'Nobody has looked at it yet.',
    'None has been found relevant so far.',
    'None was set apart as taken in excess.',
  ])
  assert.deepEqual(measureWords(300, { seen: 150, relevant: 12, notRelevant: 100, excess: 1 }), [
    'Of 100 records that were taken, 50 were looked at.',
    'For each record that was found relevant, 25 were taken.',
    'Of 100 records that were taken, fewer than 1 was set apart as taken in excess.',
  ])
  assert.deepEqual(measureWords(1000, { seen: 999, relevant: 400, notRelevant: 0, excess: 10 }), [
    'Of 100 records that were taken, more than 99 were looked at.',
    'For each record that was found relevant, 2.5 were taken.',
    'Of 100 records that were taken, 1 was set apart as taken in excess.',
  ])
  assert.deepEqual(measureWords(4, { seen: 4, relevant: 4, notRelevant: 0, excess: 0 }).slice(0, 2), [
    'Of 100 records that were taken, all were looked at.',
    'Every record that was taken was found relevant.',
  ])
})
