import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Selectable } from 'kysely'
import type { UploadsTable } from '../../store/index.ts'
import { PIECE } from '../../vault/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { grantOf, underGrant } from './live-grant.ts'
import { placeOf, withPieces } from './sealed-source.ts'

/** Most that is taken in at once, in bytes. */
export const LARGEST_CHUNK = 8 * PIECE

/** How far an upload has come. */
export interface Received {
  readonly bytes: number
  readonly received: number
}

/**
 * Takes in the next part of a source: sealed piece by piece before it touches the disk, and on the disk before it is acknowledged. A part that
 * is there already is acknowledged again. Throws ActionError NOT_FOUND (also for somebody else's), NOT_VALID `OFFSET`, `CHUNK`; NOT_NOW `BUSY`.
 */
export async function receiveChunk(
  ops: Ops,
  actor: Actor,
  uploadId: string,
  { offset, chunk }: { offset: number; chunk: Buffer },
): Promise<Received> {
  const { bytes, request_id: requestId } = await uploadOf(ops, actor, uploadId)
  if (!Number.isSafeInteger(offset) || offset < 0 || offset % PIECE !== 0)
    throw new ActionError('NOT_VALID', 'OFFSET', 'a part begins at a whole number of pieces', 'ask how far it has come')
  const end = offset + chunk.length
  if (
    chunk.length === 0 ||
    chunk.length > LARGEST_CHUNK ||
    end > bytes ||
    (chunk.length % PIECE !== 0 && end !== bytes)
  )
    throw new ActionError('NOT_VALID', 'CHUNK', 'a part is whole pieces, or the end', 'ask how far it has come')
  const received = await ops.store.db.transaction().execute(async (db) => {
    // The row is held while the disk is written: two parts for one place would be mixed.
    const row = await db
      .selectFrom('uploads')
      .select('received')
      .where('id', '=', uploadId)
      .where('destroyed_at', 'is', null)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (row === undefined)
      throw new ActionError('NOT_NOW', 'BUSY', 'another part is being written', 'try again in a moment')
    if (end <= row.received) return row.received
    if (offset !== row.received)
      throw new ActionError('NOT_VALID', 'OFFSET', 'parts come one after the other', 'ask how far it has come')
    await write(ops, uploadId, bytes, offset, chunk)
    await db.updateTable('uploads').set({ received: end }).where('id', '=', uploadId).execute()
    return end
  })
  if (received === bytes) await finish(ops, actor, uploadId, requestId, bytes)
  return { bytes, received }
}

/** How far an upload has come, for whoever began it. Throws ActionError NOT_FOUND. */
export async function uploadState(ops: Ops, actor: Actor, uploadId: string): Promise<Received> {
  const { bytes, received } = await uploadOf(ops, actor, uploadId)
  return { bytes, received }
}

/** An upload that is there, of the person who began it. Their second factor was asked for then: a large source takes longer than that lasts. */
export async function uploadOf(ops: Ops, actor: Actor, uploadId: string): Promise<Selectable<UploadsTable>> {
  if (!/^[0-9a-f-]{36}$/.test(uploadId)) throw notFound()
  const row = await ops.store.db
    .selectFrom('uploads')
    .selectAll()
    .where('id', '=', uploadId)
    .where('destroyed_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined || row.person_id !== actor.id) throw notFound()
  await mustAllow(ops, actor, 'extraction.start', { of: 'request', id: row.request_id }, { stepUp: true })
  return row
}

async function write(ops: Ops, id: string, bytes: number, offset: number, chunk: Buffer): Promise<void> {
  const file = await open(placeOf(ops, id), constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW, 0o600)
  try {
    await withPieces(ops, id, bytes, async (pieces) => {
      for (let at = 0; at < chunk.length; at += PIECE) {
        const number = (offset + at) / PIECE
        const sealed = pieces.seal(number, chunk.subarray(at, at + PIECE))
        await file.write(sealed, 0, sealed.length, pieces.placeOf(number).at)
      }
    })
    await file.sync()
  } catch (error) {
    if (!['ENOSPC', 'EDQUOT', 'EFBIG'].includes(String((error as NodeJS.ErrnoException).code))) throw error
    throw new ActionError('NOT_NOW', 'NO_ROOM', 'the disk is full', 'ask whoever runs the service, then go on', {
      cause: error,
    })
  } finally {
    await file.close()
  }
}

/** Logged once, by whoever sets it to finished; a source that could not be logged cannot be used, and the last part may be sent again. */
async function finish(ops: Ops, actor: Actor, id: string, requestId: string, bytes: number): Promise<void> {
  const { db } = ops.store
  const open = await db.selectFrom('uploads').select('finished_at').where('id', '=', id).executeTakeFirst()
  if (open === undefined || open.finished_at !== null) return
  const grant = await grantOf(ops, requestId)
  await ops.journal.record({
    kind: 'source.received',
    actor: actor.id,
    ...underGrant(grant),
    details: { upload: id, bytes },
  })
  await db.updateTable('uploads').set({ finished_at: ops.now() }).where('id', '=', id).execute()
}
