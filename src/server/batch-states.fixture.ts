import { destroyBatch, refuseBatch, setArchiveHold } from '../actions/index.ts'
import { anArchive } from '../actions/archive/an-archive.fixture.ts'
import { aProposal, approvedBy, IAO310, REC301, sampledToTheEnd } from '../actions/archive/batch/a-batch.fixture.ts'
import { batchRow } from '../actions/archive/batch/frozen-batch.ts'
import type { TestService } from './test-service.fixture.ts'

const GOES_ON = { ending: new AbortController().signal }

/** An archive of which a batch stands in every state, and their ids. */
export async function tellBatchStates(
  service: TestService,
): Promise<{ readonly archive: string; readonly batches: readonly string[] }> {
  const archive = await anArchive(service, { recordings: 150, seed: 'batches' })
  const { ops, id } = archive
  const { db } = ops.store
  await sampledToTheEnd(ops, id)
  const rows = await db
    .selectFrom('archive_items')
    .select('month')
    .distinct()
    .where('archive_id', '=', id)
    .where('class', '=', 'E')
    .orderBy('month')
    .execute()
  const months = rows.flatMap(({ month }) => (month === null ? [] : [month]))
  const next = () => aProposal(archive, { months: months.splice(0, 1) })
  const [destroyed, stopped, refused, half] = [await next(), await next(), await next(), await next()]
  await approvedBy(ops, IAO310, destroyed)
  await destroyBatch(ops, destroyed, GOES_ON)
  await approvedBy(ops, IAO310, stopped)
  const { item_id: target } = await db
    .selectFrom('batch_items')
    .select('item_id')
    .where('batch_id', '=', stopped)
    .executeTakeFirstOrThrow()
  await setArchiveHold(ops, IAO310, id, { on: 'item', target, reasons: 'A complaint.' })
  await destroyBatch(ops, stopped, GOES_ON)
  const { root } = await batchRow(ops, refused)
  await refuseBatch(ops, REC301, { batchId: refused, root, reasons: 'Wait until the clouds were looked at.' })
  await db.updateTable('batches').set({ approvals: 2 }).where('id', '=', half).execute()
  await approvedBy(ops, REC301, half)
  const proposed = await next()
  const moving = await next()
  await approvedBy(ops, IAO310, moving)
  return { archive: id, batches: [destroyed, stopped, refused, half, proposed, moving] }
}
