import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testService } from '../../../server/test-service.fixture.ts'
import { anArchive, matchAgain, REC300 } from '../an-archive.fixture.ts'
import { withArchiveKeys } from '../details.ts'
import { archiveOf } from '../read-archive.ts'
import { aProposal, approvedBy, IAO310, REC301, sampledToTheEnd } from './a-batch.fixture.ts'
import { approveBatch, refuseBatch } from './decide-batch.ts'
import { destroyBatch } from './destroy-batch.ts'
import { batchRow } from './frozen-batch.ts'
import { batchesToDecide, readBatch } from './read-batches.ts'

const GOES_ON = { ending: new AbortController().signal }
const IAO311 = { ...IAO310, id: 'iao311', name: 'Vida Stone' }

test('E14, H14: who proposed a batch decides nothing of it, others decide by the root they saw, and everything is asked again', async (t) => {
  const { ops: given } = await testService(t)
  const archive = await anArchive(given, { recordings: 120 })
  const { ops, id } = archive
  const { db } = ops.store
  const held = await db.selectFrom('archive_items').selectAll().where('class', '=', 'E').execute()
  const phone = held[0]?.phone as number

  await t.test(
    'a batch is not proposed without a sample that was looked at to its end, or without reasons',
    async () => {
      await assert.rejects(aProposal(archive), { code: 'NOT_NOW', reason: 'NO_SAMPLE' })
      await sampledToTheEnd(ops, id)
      await assert.rejects(aProposal(archive, { reasons: ' ' }), { code: 'NOT_VALID', reason: 'reasons' })
      await assert.rejects(aProposal(archive, { months: ['March'] }), { code: 'NOT_VALID', reason: 'months' })
      await assert.rejects(aProposal(archive, { phones: [9999] }), { code: 'NOT_NOW', reason: 'NOTHING' })
    },
  )

  const first = await aProposal(archive, { phones: [phone] })
  const { root, items } = await batchRow(ops, first)
  const seen = { batchId: first, root }

  await t.test('it holds what the filter names with all copies, and no other batch takes any of it', async () => {
    const inIt = await db.selectFrom('batch_items').selectAll().where('batch_id', '=', first).execute()
    assert.equal(inIt.length, items)
    for (const { item_id, follows } of inIt) {
      const master = held.find((one) => one.id === (follows ?? item_id))
      assert.equal(master?.phone, phone)
    }
    const rest = await aProposal(archive)
    const others = await db.selectFrom('batch_items').select('item_id').where('batch_id', '=', rest).execute()
    assert.deepEqual(
      others.filter(({ item_id }) => inIt.some((one) => one.item_id === item_id)),
      [],
    )
    await refuseBatch(ops, IAO310, { batchId: rest, root: (await batchRow(ops, rest)).root, reasons: 'Not yet.' })
    assert.equal((await batchRow(ops, rest)).state, 'refused')
    await assert.rejects(approvedBy(ops, REC301, rest), { reason: 'DECIDED' })
  })

  await t.test('neither whoever proposed it, nor somebody without the part, nor another root', async () => {
    await assert.rejects(approveBatch(ops, REC300, seen), { code: 'NOT_ALLOWED', reason: 'SAME_PERSON' })
    await assert.rejects(refuseBatch(ops, REC300, { ...seen, reasons: 'No.' }), { code: 'NOT_ALLOWED' })
    await assert.rejects(approveBatch(ops, { ...IAO310, roles: ['reviewer'] }, seen), { code: 'NOT_ALLOWED' })
    await assert.rejects(approveBatch(ops, { ...IAO310, stepUp: false }, seen), { code: 'NOT_ALLOWED' })
    await assert.rejects(approveBatch(ops, IAO310, { ...seen, root: 'f'.repeat(64) }), { reason: 'ANOTHER_ROOT' })
    await assert.rejects(refuseBatch(ops, IAO310, { ...seen, reasons: '' }), { code: 'NOT_VALID' })
    await assert.rejects(
      db
        .insertInto('batch_decisions')
        .values({ batch_id: first, proposed_by: 'rec300', person_id: 'rec300', says: 'approve', root, at: ops.now() })
        .execute(),
      'the database itself refuses',
    )
    assert.equal((await batchesToDecide(ops, IAO310)).length, 1)
    assert.equal((await batchesToDecide(ops, REC300)).length, 0)
  })

  await t.test('where any sample has found something wrong two people approve', async () => {
    await db.updateTable('batches').set({ approvals: 2 }).where('id', '=', first).execute()
    await approvedBy(ops, IAO310, first)
    assert.equal((await batchRow(ops, first)).state, 'proposed')
    await assert.rejects(approvedBy(ops, IAO310, first), { reason: 'DECIDED' })
    assert.equal((await batchesToDecide(ops, IAO310)).length, 0)
    await approvedBy(ops, IAO311, first)
    assert.equal((await batchRow(ops, first)).state, 'approved')
  })

  await t.test(
    'a hold that is set after the approval stops it: nothing is destroyed, and the reasons are counted',
    async () => {
      const { generation } = await archiveOf(ops, id)
      const holdId = '00000000-0000-4000-8000-00000000abcd'
      const [one] = await db.selectFrom('batch_items').select('item_id').where('batch_id', '=', first).execute()
      const target = await withArchiveKeys(ops, { id, generation }, (keys) =>
        keys.sealText(`hold ${holdId}`, one?.item_id as string),
      )
      await db
        .insertInto('archive_holds')
        .values({
          id: holdId,
          archive_id: id,
          thing: 'item',
          generation,
          target,
          reason: 'A complaint.',
          set_by: 'rec301',
          set_at: ops.now(),
        })
        .execute()
      assert.equal(await destroyBatch(ops, first, GOES_ON), 'over')
      const found = await readBatch(ops, IAO310, first)
      assert.equal(found.state, 'stopped')
      assert.equal(found.stopped?.why['hold'], 1)
      assert.ok((found.stopped?.pulled ?? 0) >= 1)
      const { rows } = {
        rows: await db.selectFrom('archive_items').select('state').where('archive_id', '=', id).execute(),
      }
      assert.ok(rows.every(({ state }) => state === 'held'))
      assert.equal((await archiveOf(ops, id)).generation, 1)
      // Whoever wrote that down was killed before the database said it, and the hold was lifted since: stopped it stays.
      await db.updateTable('batches').set({ state: 'approved', stopped: null }).where('id', '=', first).execute()
      await db.updateTable('archive_holds').set({ lifted_at: ops.now(), lifted_by: 'iao310' }).execute()
      await destroyBatch(ops, first, GOES_ON)
      assert.deepEqual((await readBatch(ops, IAO310, first)).stopped, found.stopped)
      await db.updateTable('archive_holds').set({ lifted_at: null, lifted_by: null }).execute()
      const logged = await db.selectFrom('statements').select('id').where('kind', '=', 'batch.stopped').execute()
      assert.equal(logged.length, 1)
    },
  )

  await t.test('what was proposed before the archive was matched again is approved by nobody', async () => {
    const stale = await aProposal(archive)
    await matchAgain(ops, id)
    await assert.rejects(approvedBy(ops, IAO310, stale), { reason: 'MATCHED_AGAIN' })
    assert.equal((await readBatch(ops, IAO310, stale)).stale, true)
    await sampledToTheEnd(ops, id, 1)
    const anew = await aProposal(archive)
    assert.equal((await batchRow(ops, anew)).approvals, 2, 'the sample found one wrong')
    const inIt = await db.selectFrom('batch_items').select('item_id').where('batch_id', '=', anew).execute()
    const hold = await db.selectFrom('batch_items').select('item_id').where('batch_id', '=', first).executeTakeFirst()
    assert.ok(hold !== undefined && !inIt.some(({ item_id }) => item_id === hold.item_id), 'what is held is not in it')
  })
})
