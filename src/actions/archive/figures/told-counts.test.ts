import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CLASSES, type MonthCounts } from '../../../recordings/index.ts'
import { toldCounts, toldMonths } from './told-counts.ts'

const classes = Object.fromEntries(CLASSES.map((one) => [one, 0])) as MonthCounts['classes']
const month = (name: string, files: number, parties: number): MonthCounts => ({
  month: name,
  files,
  parties,
  hours: files / 4,
  bytes: files,
  lengthUnknown: 0,
  damaged: 0,
  classes,
})

test('E17: a month with few recordings or few people is not told, nor what would give it away', () => {
  const told = toldMonths([
    month('2018-01', 40, 12),
    month('2018-02', 3, 2),
    month('2018-03', 9, 9),
    month('2018-04', 60, 1),
  ])
  assert.deepEqual(told, [
    { month: '2018-01', files: 40, hours: 10, parties: 12 },
    { month: '2018-02' },
    // The next smallest: from the total and the others the hidden one could be told.
    { month: '2018-03' },
    { month: '2018-04', files: 60, hours: 15 },
  ])
})

test('E17: what is none is told as none', () => {
  assert.deepEqual(toldCounts({ A: 0, B: 4, C: 70, D: 30 }), [
    ['A', { files: 0 }],
    ['B', {}],
    ['C', { files: 70 }],
    ['D', {}],
  ])
})
