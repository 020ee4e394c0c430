import { statfs } from 'node:fs/promises'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { grantOfDevice, mustGrant } from './live-grant.ts'
import { makeSourceKey } from './sealed-source.ts'

/** The largest source that is taken in, in bytes: more than any phone holds. */
const LARGEST = 4 * 2 ** 40
/** What must stay free on the disk, beside the source, for the extract and for everybody else: a tenth of it all. */
const KEPT_FREE = 0.1

/**
 * Begins to take in a source for a grant. Gives the upload's id. Throws ActionError NOT_ALLOWED, NOT_VALID `SIZE`, NOT_NOW with the reason
 * why nothing may be taken, `UPLOAD_THERE` where one is there already, `NO_ROOM`.
 */
export async function beginUpload(
  ops: Ops,
  actor: Actor,
  { requestId, bytes }: { requestId: string; bytes: number },
): Promise<string> {
  await mustAllow(ops, actor, 'extraction.start', { of: 'request', id: requestId })
  if (!Number.isSafeInteger(bytes) || bytes <= 0 || bytes > LARGEST)
    throw new ActionError('NOT_VALID', 'SIZE', 'a source cannot be of this size', 'choose the file again')
  const grant = await grantOfDevice(ops, requestId)
  mustGrant(grant, ops.now())
  const there = await ops.store.db
    .selectFrom('uploads')
    .select('id')
    .where('request_id', '=', requestId)
    .where('destroyed_at', 'is', null)
    .executeTakeFirst()
  if (there !== undefined)
    throw new ActionError(
      'NOT_NOW',
      'UPLOAD_THERE',
      'a source is already being handed in for this request',
      'go on with it, or take it back first',
    )
  const { bavail, blocks, bsize } = await statfs(ops.uploadsFolder)
  if (bytes > (bavail - blocks * KEPT_FREE) * bsize)
    throw new ActionError(
      'NOT_NOW',
      'NO_ROOM',
      'there is no room for a source of this size',
      'ask whoever runs the service',
    )
  const id = newId(ops.random)
  // The row first: a key without one is destroyed as left over.
  await ops.store.db
    .insertInto('uploads')
    .values({ id, request_id: requestId, person_id: actor.id, bytes, created_at: ops.now() })
    .execute()
  await makeSourceKey(ops, id)
  return id
}
