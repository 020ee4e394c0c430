import { type AnArchive, anArchive } from '../an-archive.fixture.ts'
import { aProposal, approvedBy, IAO310, sampledToTheEnd } from '../batch/a-batch.fixture.ts'
import { destroyBatch } from '../batch/destroy-batch.ts'

/** An archive of which what nothing ties is destroyed, and the rest kept for cases: what keeping does to a row is done to it here, without the cases. */
export async function aDecidedArchive(...given: Parameters<typeof anArchive>): Promise<AnArchive> {
  const archive = await anArchive(...given)
  const { ops, id } = archive
  await sampledToTheEnd(ops, id)
  const batch = await aProposal(archive)
  await approvedBy(ops, IAO310, batch)
  await destroyBatch(ops, batch, { ending: new AbortController().signal })
  await keepTheRest(archive)
  return archive
}

/** Nothing is left to decide on. */
export async function keepTheRest({ ops, id }: Pick<AnArchive, 'id' | 'ops'>): Promise<void> {
  await ops.store.db
    .updateTable('archive_items')
    .set({ state: 'kept', sealed: null, generation: null, deadline: null, waits_since: null })
    .where('archive_id', '=', id)
    .where('state', '=', 'held')
    .execute()
}
