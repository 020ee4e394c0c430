import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { testService } from '../../../server/test-service.fixture.ts'
import { anArchive, REC300 } from '../an-archive.fixture.ts'
import { sampledToTheEnd } from './a-batch.fixture.ts'
import { Observed } from './observed.fixture.ts'
import { proposeBatch } from './propose-batch.ts'

test('E14: of an archive of which the truth is known, nothing with a live case, an operation or a hold is ever proposed', async (t) => {
  const { ops: given } = await testService(t)
  for (const seed of ['one', 'two', 'three']) {
    const archive = await anArchive(given, { recordings: 250, seed })
    const { ops, id, truth } = archive
    await sampledToTheEnd(ops, id)
    const batch = await proposeBatch(ops, REC300, { archiveId: id, reasons: 'Nothing ties them.' })
    const rows = await ops.store.db.selectFrom('batch_items').select('item_id').where('batch_id', '=', batch).execute()
    const proposed = new Set(rows.map(({ item_id }) => item_id))
    assert(proposed.size > 0)
    const tied = [...truth].filter(([, { ties }]) => ties.length > 0)
    assert(tied.length > 0, 'some are tied')
    assert.deepEqual(
      tied.filter(([item]) => proposed.has(item)).map(([, { ties }]) => ties),
      [],
    )
  }
})

const n = fc.nat(40)
const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ does: fc.constant('propose' as const), who: n, month: n }) },
    { weight: 7, arbitrary: fc.record({ does: fc.constant('approve' as const), who: n, batch: n }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('refuse' as const), who: n, batch: n }) },
    { weight: 4, arbitrary: fc.record({ does: fc.constant('hold' as const), item: n }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('lift' as const), hold: n }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('match' as const) }) },
    { weight: 4, arbitrary: fc.record({ does: fc.constant('destroy' as const), batch: n }) },
  ),
  { minLength: 12, maxLength: 30 },
)

test('E14, D9, H14: whatever people do in whatever order, nothing is destroyed without two of them, under a hold, or after a new match', {
  timeout: 400_000,
}, async (t) => {
  const { ops: given } = await testService(t)
  const archive = await anArchive(given, { recordings: 120 })
  const world = new Observed(archive)
  await sampledToTheEnd(archive.ops, archive.id)
  await fc.assert(
    fc.asyncProperty(steps, async (some) => {
      for (const step of some) await world.take(step)
      await world.holdsTrue()
    }),
    { numRuns: 8, endOnFailure: true, seed: 1410 },
  )
  t.diagnostic(JSON.stringify(world.done))
  assert((world.done['destroyed'] ?? 0) > 0 && (world.done['stopped'] ?? 0) > 0, 'both were met')
})
