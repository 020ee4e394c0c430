import { readdir } from 'node:fs/promises'
import type { Selectable } from 'kysely'
import type { UploadsTable } from '../../store/index.ts'
import { type Actor, type Ops, SERVICE_ACTOR } from '../ops.ts'
import { ActionError } from '../action-error.ts'
import { tidyCatalogues } from '../review/kept-catalogue.ts'
import { grantOf, underGrant } from './live-grant.ts'
import { uploadOf } from './receive-chunk.ts'
import { destroySource, sourceIds } from './sealed-source.ts'

/** For so long, in milliseconds, a source waits for somebody to go on with it. */
export const ABANDONED_AFTER = 24 * 60 * 60 * 1000

/** Destroys a source that was handed in: key, file, and then the row says so. May be called again. `extracted`: whether an extract was made of it. */
export async function destroyUpload(
  ops: Ops,
  id: string,
  { extracted, by = SERVICE_ACTOR }: { extracted: boolean; by?: string },
): Promise<void> {
  const { db } = ops.store
  const row = await db.selectFrom('uploads').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined || row.destroyed_at !== null) return
  // What never came to its end was never logged, and nothing is left of it to tell.
  if (row.finished_at !== null) {
    const grant = await grantOf(ops, row.request_id)
    await ops.journal.record({
      kind: 'source.destroyed',
      actor: by,
      ...underGrant(grant),
      details: { upload: id, extracted },
    })
  }
  await destroySource(ops, id)
  await db.updateTable('uploads').set({ destroyed_at: ops.now() }).where('id', '=', id).execute()
}

/** Takes back a source that was handed in and is not being read. Throws ActionError NOT_FOUND, NOT_NOW `IN_USE`. */
export async function takeBackUpload(ops: Ops, actor: Actor, id: string): Promise<void> {
  const row = await uploadOf(ops, actor, id)
  if (await isInUse(ops, row))
    throw new ActionError('NOT_NOW', 'IN_USE', 'an extraction is reading it', 'stop the extraction first')
  await destroyUpload(ops, id, { extracted: false, by: actor.id })
}

/** Destroys what was handed in for a request and will not be read any more. What is being read at this moment is left to its worker, who is told to stop. */
export async function destroyHandedIn(ops: Ops, requestId: string): Promise<void> {
  const rows = await ops.store.db
    .selectFrom('uploads')
    .selectAll()
    .where('request_id', '=', requestId)
    .where('destroyed_at', 'is', null)
    .execute()
  for (const row of rows) if (!(await isInUse(ops, row))) await destroyUpload(ops, row.id, { extracted: false })
}

/** Destroys every source that nobody went on with for a day or whose request was withdrawn, and whatever rests beside them without belonging to anything. Gives how many. */
export async function destroyAbandoned(ops: Ops): Promise<number> {
  // Asked before the rows: what is begun meanwhile has its row first, and is not among these.
  const resting = new Set([...(await sourceIds(ops)), ...(await readdir(ops.uploadsFolder))])
  const rows = await ops.store.db
    .selectFrom('uploads')
    .innerJoin('requests', 'requests.id', 'uploads.request_id')
    .select(['uploads.id', 'uploads.request_id', 'uploads.created_at', 'requests.status'])
    .where('destroyed_at', 'is', null)
    .execute()
  const going = await ops.store.db
    .selectFrom('extractions')
    .select(['id', 'request_id'])
    .where('state', 'in', ['queued', 'running'])
    .execute()
  // Read, or never to be read: whoever should have destroyed it was ended before they did.
  const over = await ops.store.db
    .selectFrom('extractions')
    .select(['source', 'state'])
    .where('state', 'in', ['sealed', 'cancelled', 'withdrawn', 'expired'])
    .where('request_id', 'in', rows.map(({ request_id }) => request_id).concat('00000000-0000-0000-0000-000000000000'))
    .execute()
  const before = new Date(ops.now().getTime() - ABANDONED_AFTER)
  let destroyed = 0
  for (const row of rows) {
    resting.delete(row.id)
    if (going.some(({ request_id }) => request_id === row.request_id)) continue
    const ended = over.find(({ source }) => source['upload'] === row.id)
    if (ended === undefined && row.status !== 'withdrawn' && row.created_at > before) continue
    await destroyUpload(ops, row.id, { extracted: ended?.state === 'sealed' })
    destroyed++
  }
  await tidyCatalogues(ops)
  for (const { id } of going) resting.delete(id)
  for (const id of resting) {
    await destroySource(ops, id)
    destroyed++
  }
  return destroyed
}

async function isInUse({ store: { db } }: Ops, { request_id }: Selectable<UploadsTable>): Promise<boolean> {
  const row = await db
    .selectFrom('extractions')
    .select('id')
    .where('request_id', '=', request_id)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst()
  return row !== undefined
}
