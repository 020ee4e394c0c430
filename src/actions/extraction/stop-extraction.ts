import type { Kysely } from 'kysely'
import type { ExtractionState, StopReason, Tables } from '../../store/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { inside } from '../inside.ts'
import type { Actor, Ops } from '../ops.ts'
import { destroyUpload } from './destroy-upload.ts'
import { grantOf, underGrant } from './live-grant.ts'
import { forgetPassword } from './sealed-password.ts'
import type { Source } from './start-extraction.ts'

/** What an extraction is afterwards, by why it was stopped. */
export const STOPPED_STATE: Readonly<Record<StopReason, ExtractionState>> = {
  person: 'cancelled',
  'agreement-withdrawn': 'withdrawn',
  'authorisation-expired': 'expired',
  'authorisation-ended': 'cancelled',
  'service-stopped': 'cancelled',
}

/** Stops one extraction. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW `OVER`. */
export async function cancelExtraction(ops: Ops, actor: Actor, id: string): Promise<void> {
  await mustAllow(ops, actor, 'extraction.cancel', { of: 'extraction', id })
  const row = await ops.store.db.selectFrom('extractions').select('request_id').where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound()
  const stopped = await stopExtractions(ops, row.request_id, 'person', actor.id)
  if (stopped === 0) throw new ActionError('NOT_NOW', 'OVER', 'the extraction is over', 'see what came of it')
}

/**
 * Stops whatever is going on under a grant, for one reason and by one person: what waits is over at once, what runs is told, and its worker
 * discards what it wrote, destroys the key and logs it (law row B23). Gives how many were stopped: 0 where nothing was going on. Policy is asked
 * by whoever calls.
 */
export async function stopExtractions(ops: Ops, requestId: string, because: StopReason, by: string): Promise<number> {
  const { db } = ops.store
  const told = await db
    .updateTable('extractions')
    .set({ stop: because, stop_by: by })
    .where('request_id', '=', requestId)
    .where('state', 'in', ['running', 'looking'])
    .where('stop', 'is', null)
    .returning('id')
    .execute()
  const over = await callOff(ops, requestId, because, by)
  for (const { id, source } of over) await destroyWhatItReads(ops, id, source as unknown as Source, false)
  return told.length + over.length
}

/** Ends what waits, and writes down that nothing was begun. A worker that takes it up meanwhile waits, and finds it ended. */
async function callOff(
  ops: Ops,
  requestId: string,
  because: StopReason,
  by: string,
): Promise<readonly { readonly id: string; readonly source: unknown }[]> {
  const queued = (db: Kysely<Tables>) =>
    db
      .selectFrom('extractions')
      .select(['id', 'source'])
      .where('request_id', '=', requestId)
      .where('state', '=', 'queued')
  const isLogged = because !== 'service-stopped'
  // Asked before anything is held: no connection is wanted while there is one in the hand.
  const found = isLogged && (await queued(ops.store.db).executeTakeFirst()) !== undefined
  const grant = found ? await grantOf(ops, requestId) : undefined
  return ops.store.db.transaction().execute(async (db) => {
    const waiting = await queued(db).forUpdate().execute()
    for (const { id } of waiting) {
      if (isLogged)
        await ops.journal.record({
          kind: 'extraction.called_off',
          actor: by,
          ...underGrant(grant ?? (await grantOf(inside(ops, db), requestId))),
          details: { extraction: id, because },
        })
      await db
        .updateTable('extractions')
        .set({ stop: because, stop_by: by, state: STOPPED_STATE[because], finished_at: ops.now() })
        .where('id', '=', id)
        .execute()
    }
    return waiting
  })
}

/** Destroys the source that was handed in for an extraction, its password, and the key of an extract that will not be. */
export async function destroyWhatItReads(ops: Ops, id: string, source: Source, extracted: boolean): Promise<void> {
  if (source.kind === 'upload') await destroyUpload(ops, source.upload, { extracted })
  if (source.password) await forgetPassword(ops, id)
  if (!extracted && (await ops.keyring.has(id))) await ops.keyring.destroyExtractKey(id)
}
