import { openEvent } from '../../events/index.ts'
import { publicKeyOf } from '../../signature/index.ts'
import { ActionError } from '../action-error.ts'
import type { Ops } from '../ops.ts'
import { digestOfWritten } from '../request/document-of.ts'
import type { WholeRequest } from '../whole-request.ts'

/**
 * Holds a request to what its requester asked for: the log has their own act of sending it, with the digest of every word of it. Only then may their key
 * sign. Throws ActionError NOT_VALID `NOT_AS_SUBMITTED` where the two differ, whoever altered the row.
 */
export async function mustBeAsSubmitted(ops: Ops, { request, written }: WholeRequest): Promise<void> {
  const rows = await ops.store.db
    .selectFrom('statements')
    .select('envelope')
    .where('case_id', '=', request.case_id)
    .where('kind', '=', 'authorisation.requested')
    .where('actor', '=', request.requested_by)
    .where('leaf', 'is not', null)
    .orderBy('id', 'desc')
    .execute()
  const key = publicKeyOf(await ops.keyring.signingKey('installation'))
  for (const { envelope } of rows) {
    const event = openEvent(envelope, [key])
    if (event.details['request'] !== request.id) continue
    if (event.signedBy.includes(key.keyid) && event.details['document'] === digestOfWritten(written)) return
    break
  }
  throw new ActionError(
    'NOT_VALID',
    'NOT_AS_SUBMITTED',
    'the request is not as its requester sent it',
    'return it, and tell whoever keeps the service running',
  )
}
