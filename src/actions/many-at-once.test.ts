import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testService } from '../server/test-service.fixture.ts'
import { anArchive } from './archive/an-archive.fixture.ts'
import { IAO310 } from './archive/batch/a-batch.fixture.ts'
import { setArchiveHold, stateOwn } from './index.ts'

/** More than there are connections to the database. */
const MANY = 40

test('however many act on one thing at once, each has its turn and stands in the log: nobody waits for ever for a connection', {
  timeout: 60_000,
}, async (t) => {
  const service = await testService(t)
  const { ops, id } = await anArchive(service, { recordings: 12 })
  const officer = await service.actor('pc4321')
  const done = await Promise.allSettled(
    Array.from({ length: MANY }, (_, at) =>
      at % 2 === 0
        ? setArchiveHold(ops, IAO310, id, { on: 'archive', target: '', reasons: `A complaint, number ${at}.` })
        : stateOwn(ops, officer, id, { says: 'maybe_evidence', from: '', to: '' }),
    ),
  )
  assert.deepEqual(
    done.filter(({ status }) => status === 'rejected'),
    [],
  )
  const { rows } = await ops.store.pool.query(
    "SELECT kind, count(*)::int AS n FROM statements WHERE kind IN ('archive.hold_set', 'archive.stated') AND leaf IS NOT NULL GROUP BY kind ORDER BY kind",
  )
  assert.deepEqual(rows, [
    { kind: 'archive.hold_set', n: MANY / 2 },
    { kind: 'archive.stated', n: MANY / 2 },
  ])
})
