import type { Actor, Ops } from '../../ops.ts'
import { type AnArchive, REC300 } from '../an-archive.fixture.ts'
import { drawSample } from '../sample/draw-sample.ts'
import { approveBatch } from './decide-batch.ts'
import { batchRow } from './frozen-batch.ts'
import { type BatchProposal, proposeBatch } from './propose-batch.ts'

/** Moss Tate, who answers for the archive and approves. */
export const IAO310: Actor = { id: 'iao310', name: 'Moss Tate', roles: ['information_asset_owner'], stepUp: true }
/** Lena Voss, another records reviewer. */
export const REC301: Actor = { id: 'rec301', name: 'Lena Voss', roles: ['records_reviewer'], stepUp: true }

/** Draws the sample of the last matching and says that all of it, but so many, is right. */
export async function sampledToTheEnd(ops: Ops, archiveId: string, wrong = 0): Promise<string> {
  const id = await drawSample(ops, REC300, archiveId)
  const { db } = ops.store
  await db
    .updateTable('sampled_items')
    .set({ outcome: 'right', looked_by: 'rec301', looked_at: ops.now() })
    .where('sample_id', '=', id)
    .execute()
  if (wrong > 0)
    await db
      .updateTable('sampled_items')
      .set({ outcome: 'wrong' })
      .where('sample_id', '=', id)
      .where('at', '<=', wrong)
      .execute()
  await db.updateTable('archive_samples').set({ finished_at: ops.now() }).where('id', '=', id).execute()
  return id
}

/** Proposes as rec300 what is to be destroyed, after a sample. */
export async function aProposal(
  { id, ops }: Pick<AnArchive, 'id' | 'ops'>,
  filter: Partial<BatchProposal> = {},
): Promise<string> {
  return proposeBatch(ops, REC300, { archiveId: id, reasons: 'Nothing ties them to anything.', ...filter })
}

/** Approves a batch by the root that it has. */
export async function approvedBy(ops: Ops, actor: Actor, batchId: string): Promise<void> {
  const { root } = await batchRow(ops, batchId)
  await approveBatch(ops, actor, { batchId, root })
}
