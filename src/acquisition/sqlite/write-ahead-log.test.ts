import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memorySource } from './memory-source.fixture.ts'
import { readWriteAheadLog } from './write-ahead-log.ts'
import { type Frame, makeLog } from './write-ahead-log.fixture.ts'

const frame = (page: number, pages: number): Frame => ({ page, pages, bytes: Buffer.alloc(512, page) })
async function read(bytes: Buffer) {
  const { overlay, damage } = await readWriteAheadLog(
    (await memorySource({ wal: bytes }).open({ path: 'wal' })).chunks(),
  )
  return { pages: overlay?.pages, at: overlay && [...overlay.at], damage }
}
const place = (frame: number) => 32 + frame * 536 + 24

test('of each page the last committed frame counts', async () => {
  const log = makeLog(512, [frame(1, 0), frame(2, 2), frame(2, 0), frame(3, 3)])
  assert.deepEqual(await read(log), {
    pages: 3,
    at: [
      [1, place(0)],
      [2, place(2)],
      [3, place(3)],
    ],
    damage: undefined,
  })
})

test('frames of a transaction that never ended do not count, and are reported', async () => {
  const { at, damage } = await read(makeLog(512, [frame(1, 1), frame(2, 0)]))
  assert.deepEqual(at, [[1, place(0)]])
  assert.match(damage!, /unfinished/)
})

test('a log that shrinks the database takes pages beyond its end out again', async () => {
  const { pages, at } = await read(makeLog(512, [frame(1, 0), frame(2, 2), frame(1, 1)]))
  assert.equal(pages, 1)
  assert.deepEqual(at, [[1, place(2)]])
})

test('frames left over from before the log began anew mean nothing', async () => {
  const stale = makeLog(512, [frame(1, 1), frame(2, 2)])
  stale.writeUInt32BE(7, 32 + 536 + 8)
  assert.deepEqual(await read(stale), { pages: 1, at: [[1, place(0)]], damage: undefined })
})

test('a frame that is bent or cut ends the log, and is reported', async () => {
  const log = makeLog(512, [frame(1, 1), frame(2, 2)])
  const bent = Buffer.from(log)
  bent[600]! ^= 1
  for (const bytes of [bent, log.subarray(0, log.length - 1)]) {
    const { at, damage } = await read(bytes)
    assert.deepEqual(at, [[1, place(0)]])
    assert.ok(damage)
  }
})

test('no log, a log of nothing and a log of zeros are one and the same', async () => {
  const header = makeLog(512, [])
  for (const bytes of [Buffer.alloc(0), header, Buffer.alloc(4000)])
    assert.deepEqual(await read(bytes), { pages: undefined, at: undefined, damage: undefined })
  assert.ok((await read(header.subarray(0, 20))).damage)
  header[9]! ^= 1
  assert.ok((await read(header)).damage)
})
