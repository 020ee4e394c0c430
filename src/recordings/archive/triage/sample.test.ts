import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawSample, sampleSize } from './sample.ts'
import { mostWrong, mostWrongOf, wrongShare } from './wrong-share.ts'

test('one in 200 is looked at again, and at least 300 or all there are', () => {
  assert.deepEqual([0, 1, 300, 301, 60_000, 60_001, 200_000].map(sampleSize), [0, 1, 300, 300, 300, 301, 1000])
})

test('whoever has the seed draws the same sample again, from whatever order; another seed draws another', () => {
  const ids = Array.from({ length: 1000 }, (_, at) => `item-${at}`)
  const drawn = drawSample(ids, 'a seed')
  assert.equal(new Set(drawn).size, 300)
  assert.deepEqual(drawSample([...ids].reverse(), 'a seed'), drawn)
  assert.notDeepEqual(drawSample(ids, 'another'), drawn)
  assert.deepEqual(drawSample(ids, 'a seed', 5), drawn.slice(0, 5))
  // Every item is as likely as others: of 40 seeds each is drawn about 12 times.
  const times = new Map<string, number>()
  for (let seed = 0; seed < 40; seed++)
    for (const id of drawSample(ids, String(seed))) times.set(id, (times.get(id) ?? 0) + 1)
  assert.ok(times.size === 1000 && Math.max(...times.values()) < 28)
})

// R's binom.test, and tables of Clopper and Pearson.
const KNOWN: readonly (readonly [wrong: number, looked: number, lower: number, upper: number])[] = [
  [0, 10, 0, 0.3084971],
  [1, 10, 0.0025286, 0.4450161],
  [5, 10, 0.187086, 0.812914],
  [10, 10, 0.6915029, 1],
  [682, 925, 0.7076683, 0.7654066],
]

test('the bounds of what is wrong are those of Clopper and Pearson', () => {
  for (const [wrong, looked, lower, upper] of KNOWN) {
    const found = wrongShare(wrong, looked)
    assert.ok(Math.abs(found.lower - lower) < 1e-7 && Math.abs(found.upper - upper) < 1e-7, `${wrong} of ${looked}`)
  }
  // Of none wrong the bound has a formula: what all are right with at 5 %.
  for (const looked of [1, 10, 300, 1000, 100_000])
    assert.ok(Math.abs(mostWrong(0, looked) - (1 - 0.05 ** (1 / looked))) < 1e-12)
  assert.ok(mostWrong(0, 300) < 0.01 && mostWrong(0, 298) > 0.01)
})

test('at its bound, exactly the tail that was asked for is left', () => {
  // Summed in whole numbers' ratios, term by term, not in logarithms.
  const atMost = (wrong: number, looked: number, share: number) => {
    let term = (1 - share) ** looked
    let sum = term
    for (let found = 1; found <= wrong; found++) {
      term *= ((looked - found + 1) / found) * (share / (1 - share))
      sum += term
    }
    return sum
  }
  for (const looked of [5, 50, 300])
    for (let wrong = 0; wrong < 5; wrong++) {
      assert.ok(Math.abs(atMost(wrong, looked, mostWrong(wrong, looked, 0.99)) - 0.01) < 1e-9)
      const { lower, upper } = wrongShare(wrong, looked, 0.9)
      assert.ok(Math.abs(atMost(wrong, looked, upper) - 0.05) < 1e-9)
      if (wrong > 0) assert.ok(Math.abs(1 - atMost(wrong - 1, looked, lower) - 0.05) < 1e-9)
    }
})

test('there is no bound without a sample', () => {
  for (const [wrong, looked] of [
    [0, 0],
    [2, 1],
    [-1, 5],
    [0.5, 5],
    [0, Number.NaN],
  ] as const)
    assert.throws(() => mostWrong(wrong, looked), RangeError)
  assert.throws(() => mostWrong(0, 5, 1), RangeError)
})

test('where all were looked at the share is known, and nothing is guessed', () => {
  assert.equal(mostWrongOf({ wrong: 0, looked: 5, of: 5 }), 0)
  assert.equal(mostWrongOf({ wrong: 1, looked: 4, of: 4 }), 0.25)
  assert.equal(mostWrongOf({ wrong: 1, looked: 4, of: 5 }), mostWrong(1, 4))
})
