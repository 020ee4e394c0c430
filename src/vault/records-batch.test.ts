import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { leavesOf, RecordsBatch } from './records-batch.ts'

test('what goes into a batch comes out of it, record by record, behind the zero byte of a leaf', () => {
  fc.assert(
    fc.property(fc.array(fc.json({ stringUnit: 'binary' }).map(wellFormed)), (records) => {
      const batch = new RecordsBatch()
      for (const json of records) assert(batch.add(json))
      const leaves = [...leavesOf(batch.take())]
      assert.deepEqual(
        leaves.map((leaf) => leaf.toString()),
        records.map((json) => `\0${json}`),
      )
    }),
  )
})

test('a batch that has no room for a record adds nothing of it, and one that was taken is empty', () => {
  const batch = new RecordsBatch()
  const half = JSON.stringify('é'.repeat(60_000))
  assert.equal(batch.add(half), true)
  assert.equal(batch.add(half), false)
  assert.deepEqual(
    [...leavesOf(batch.take())].map((leaf) => leaf.length),
    [120_003],
  )
  assert.equal(batch.take().length, 0)
})

test('a record longer than any batch is a batch by itself', () => {
  const json = JSON.stringify('x'.repeat(1_000_000))
  assert.equal(new RecordsBatch().add(json), false)
  const [leaf, ...more] = leavesOf(RecordsBatch.of(json))
  assert.equal(leaf?.toString(), `\0${json}`)
  assert.deepEqual(more, [])
})

function wellFormed(json: string): string {
  return json.toWellFormed()
}
