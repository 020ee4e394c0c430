import { type Match, mayDestroy } from '../../../recordings/index.ts'
import { ActionError } from '../../action-error.ts'
import { claim, isUnclaimed } from '../../claim.ts'
import type { Ran } from '../../extraction/run-extraction.ts'
import type { Ops } from '../../ops.ts'
import { withArchiveKeys } from '../details.ts'
import { Interrupted } from '../failed-archive.ts'
import { matchesNow } from '../matches-now.ts'
import { holdsInForce } from '../registers-of.ts'
import { certifyBatch } from './certify-batch.ts'
import { changedIn } from './decide-batch.ts'
import { type BatchRow, batchRow, decisionsOn, frozenBatch } from './frozen-batch.ts'
import { nextKeys, sealRegistersAnew } from './next-keys.ts'
import { removeBatch } from './remove-batch.ts'
import { sealSurvivors } from './seal-survivors.ts'
import { type LastMatched, settleBatch } from './settle-batch.ts'
import { stopBatch, stoppedBefore, stoppedBy } from './stop-batch.ts'

/** How often it is matched again because something came in while the rest was sealed. */
const ROUNDS = 5

/**
 * Destroys a batch that enough people approved (law rows E14, D9, H14). Everything is matched again first: where anything speaks against it, nothing of it
 * goes. Until `settleBatch` has settled it there is a way back, and all that was sealed is thrown away; from then on it goes forward, whoever is killed
 * whenever: keys, files, proof that nothing is left, log, certificate. One process at a time. Throws what nobody expected, after which it may be called again.
 */
export async function destroyBatch(ops: Ops, batchId: string, { ending }: { ending: AbortSignal }): Promise<Ran> {
  const { archive_id: archive } = await batchRow(ops, batchId)
  const lost = new AbortController()
  const claimed = await claim(ops.store, `archive ${archive}`, () => lost.abort())
  if (claimed === undefined) return 'elsewhere'
  const goesOn = () => {
    if (ending.aborted || lost.signal.aborted) throw new Interrupted()
  }
  try {
    for (let round = 1; ; round++) {
      const row = await batchRow(ops, batchId)
      if (row.state === 'destroying') {
        await removeBatch(ops, row, goesOn)
        await certifyBatch(ops, row)
        return 'over'
      }
      if (row.state !== 'approved') return 'over'
      const stopped = await stoppedBefore(ops, batchId)
      if (stopped !== undefined) {
        await stopBatch(ops, row, stopped)
        return 'over'
      }
      // While it is being matched, or waits to be, it is not the time: whoever looks for what is left takes it up.
      const { state } = await archiveState(ops, archive)
      if (state !== 'matched') return 'elsewhere'
      if (round > ROUNDS) return 'again'
      if ((await prepare(ops, row, goesOn)) === 'stopped') return 'over'
    }
  } catch (error) {
    if (error instanceof Interrupted) return 'again'
    await noteBatchFailure(ops, batchId, error)
    throw error
  } finally {
    await claimed.release()
  }
}

/** Matches again, seals what stays anew, and settles it where nothing came between. */
async function prepare(ops: Ops, row: BatchRow, goesOn: () => void): Promise<'stopped' | 'settled' | 'again'> {
  const archive = await archiveState(ops, row.archive_id)
  return withArchiveKeys(ops, archive, async (keys) => {
    const { matches, inputs } = await matchesNow(ops, keys, goesOn)
    const at = ops.now()
    const batch = await frozenBatch(ops.store.db, row)
    const holds = await holdsInForce(ops.store.db, keys)
    const decisions = await decisionsOn(ops.store.db, row.id)
    const verdict = mayDestroy(batch, decisions, matches, holds, at.getTime())
    const changed = await changedIn(ops.store.db, row)
    if (!verdict.may || changed > 0) {
      await stopBatch(ops, row, stoppedBy(verdict, changed))
      return 'stopped'
    }
    goesOn()
    const last: LastMatched = {
      inputs,
      at,
      exceptions: exceptionsIn(new Set(batch.items.map(({ id }) => id)), matches),
    }
    const { next, isNew } = await nextKeys(ops, row.id, keys)
    try {
      if (isNew) await ops.store.db.deleteFrom('batch_survivors').where('batch_id', '=', row.id).execute()
      await sealSurvivors(ops, { batchId: row.id, keys, next }, goesOn)
      await sealRegistersAnew(ops, row.archive_id, row.id)
      goesOn()
      return (await settleBatch(ops, row, last, { keys, next })) ? 'settled' : 'again'
    } finally {
      next.forget()
    }
  })
}

/** What whoever reads the certificate should know: what is likely another copy of a call and stays, and files whose length is not known. */
function exceptionsIn(going: ReadonlySet<string>, matches: readonly Match[]): Record<string, number> {
  const left = new Set(
    matches.flatMap(({ item, likelyCopies }) =>
      going.has(item.id) ? likelyCopies.filter((id) => !going.has(id)) : [],
    ),
  )
  const unknown = matches.filter(({ item }) => going.has(item.id) && item.audio?.durationMs === undefined).length
  return { likely_copies_left: left.size, length_unknown: unknown }
}

/** Notes why it came to nothing this time, for the page: it is tried again. */
async function noteBatchFailure({ store: { db } }: Ops, id: string, error: unknown): Promise<void> {
  const failure = error instanceof ActionError ? error.reason : 'NOT_DONE'
  await db
    .updateTable('batches')
    .set({ failure })
    .where('id', '=', id)
    .execute()
    .catch(() => {})
}

/** Batches that wait to be destroyed, or to be brought to their end, that no worker has, and of which nothing went wrong. */
export async function batchesLeftBehind({ store: { db } }: Ops): Promise<string[]> {
  const rows = await db
    .selectFrom('batches')
    .innerJoin('archives', 'archives.id', 'batches.archive_id')
    .select('batches.id')
    .where('batches.state', 'in', ['approved', 'destroying'])
    .where('archives.state', '=', 'matched')
    .where('batches.failure', 'is', null)
    .where(isUnclaimed('archive', 'archives.id'))
    .orderBy('proposed_at')
    .execute()
  return rows.map(({ id }) => id)
}

/** Hands batches to a worker again of which something went wrong. Returns how many. */
export async function finishBatches(ops: Ops): Promise<number> {
  const rows = await ops.store.db
    .selectFrom('batches')
    .select('id')
    .where('state', 'in', ['approved', 'destroying'])
    .where('failure', 'is not', null)
    .execute()
  for (const { id } of rows) await ops.enqueue('destroy-batch', { batch: id })
  return rows.length
}

async function archiveState({ store: { db } }: Ops, id: string) {
  return db.selectFrom('archives').select(['id', 'state', 'generation']).where('id', '=', id).executeTakeFirstOrThrow()
}
