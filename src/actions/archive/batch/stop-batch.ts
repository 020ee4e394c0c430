import { rmSync } from 'node:fs'
import type { BatchVerdict } from '../../../recordings/index.ts'
import { type Ops, SERVICE_ACTOR } from '../../ops.ts'
import { recordedBefore, recordedOnce } from '../../recorded-once.ts'
import { keysFile } from '../details.ts'
import type { BatchRow } from './frozen-batch.ts'
import { successorOf } from './next-keys.ts'

/** Why a batch was not destroyed although it was approved, in codes and counts. */
export interface Stopped {
  /** of `VerdictCode`, and `changed`: tied, held or kept since it was proposed */
  readonly why: Readonly<Record<string, number>>
  /** recordings that must come out, with their copies */
  readonly pulled: number
}

/** Why a verdict stops a batch. `changed`: how many are tied, held or kept since it was proposed. */
export function stoppedBy({ reasons, pulled }: BatchVerdict, changed: number): Stopped {
  const against = reasons.filter(({ code }) => code !== 'approved')
  return {
    why: { ...Object.fromEntries(against.map(({ code, count }) => [code, count])), ...(changed > 0 && { changed }) },
    pulled: Math.max(pulled.length, changed),
  }
}

/** Why a batch was stopped, where whoever wrote that down was interrupted: it stays stopped, whatever was lifted since. */
export async function stoppedBefore(ops: Ops, batchId: string): Promise<Stopped | undefined> {
  const found = await recordedBefore(ops, { kind: 'batch.stopped', by: 'batch', id: batchId })
  return found && { why: found.details['why'] as Stopped['why'], pulled: Number(found.details['pulled']) }
}

/**
 * Ends a batch of which nothing was destroyed: something speaks against it. What is left of it is proposed and approved anew, or not at all. What was sealed
 * for it is thrown away. Throws JournalError.
 */
export async function stopBatch(
  ops: Ops,
  { id, archive_id: archive, root }: BatchRow,
  stopped: Stopped,
): Promise<void> {
  const details = { archive, batch: id, root, ...stopped }
  await recordedOnce(ops, { kind: 'batch.stopped', actor: SERVICE_ACTOR, details }, 'batch')
  const { db } = ops.store
  const { generation } = await db
    .selectFrom('archives')
    .select('generation')
    .where('id', '=', archive)
    .executeTakeFirstOrThrow()
  await db.deleteFrom('batch_survivors').where('batch_id', '=', id).execute()
  rmSync(keysFile(ops, archive, generation + 1), { force: true })
  const next = successorOf(archive, id)
  if (await ops.keyring.has(next)) await ops.keyring.destroyExtractKey(next)
  await db
    .updateTable('batches')
    .set({ state: 'stopped', stopped: JSON.stringify(stopped), failure: null })
    .where('id', '=', id)
    .execute()
}
