import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { kioskPath } from './kiosk.ts'
import { grantOfDevice, mustGrant } from './live-grant.ts'
import { keepPassword, LONGEST_PASSWORD } from './sealed-password.ts'

/** Where an extraction reads from. */
export type Source =
  | { readonly kind: 'upload'; readonly upload: string; readonly password?: true }
  | { readonly kind: 'kiosk'; readonly name: string; readonly password?: true }
  /** recordings of an archive that are kept for the case */
  | { readonly kind: 'recordings'; readonly keep: string; readonly password?: never }

/**
 * Puts an extraction under a grant in the queue. Gives its id. Nothing of the phone is opened yet, and so nothing is logged yet: the worker
 * logs that it begins before it opens anything. Throws ActionError NOT_ALLOWED; NOT_NOW with the reason why the grant grants nothing,
 * `GOING_ON`, `ALREADY_TAKEN`, `UPLOAD_UNFINISHED`; NOT_VALID `KIOSK`, `PASSWORD`.
 */
export async function startExtraction(
  ops: Ops,
  actor: Actor,
  input: { requestId: string; from: { upload: string } | { kiosk: string }; password?: string },
): Promise<string> {
  const { requestId, from, password } = input
  await mustAllow(ops, actor, 'extraction.start', { of: 'request', id: requestId })
  const grant = await grantOfDevice(ops, requestId)
  mustGrant(grant, ops.now())
  await unlessTaken(ops, requestId)
  if (password !== undefined && (password === '' || Buffer.byteLength(password) > LONGEST_PASSWORD))
    throw new ActionError('NOT_VALID', 'PASSWORD', 'this cannot be the password', 'type it again, or leave it out')
  const source = {
    ...('upload' in from ? await finished(ops, requestId, from.upload) : named(ops, from.kiosk)),
    ...(password !== undefined && { password: true as const }),
  } as Source
  const id = newId(ops.random)
  try {
    await ops.store.db
      .insertInto('extractions')
      .values({ id, request_id: requestId, source: JSON.stringify(source), queued_by: actor.id, queued_at: ops.now() })
      .execute()
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'extractions_going_on') throw goingOn()
    throw error
  }
  // The row first: a key without one is destroyed as left over. No worker looks at it before it is handed in.
  if (password !== undefined) await keepPassword(ops, id, password)
  await ops.enqueue('extract', { extraction: id })
  return id
}

function named(ops: Ops, name: string): Source {
  kioskPath(ops, name)
  return { kind: 'kiosk', name }
}

async function finished({ store: { db } }: Ops, requestId: string, upload: string): Promise<Source> {
  const row = await db
    .selectFrom('uploads')
    .select('id')
    .where('id', '=', /^[0-9a-f-]{36}$/.test(upload) ? upload : '00000000-0000-0000-0000-000000000000')
    .where('request_id', '=', requestId)
    .where('finished_at', 'is not', null)
    .where('destroyed_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined)
    throw new ActionError('NOT_NOW', 'UPLOAD_UNFINISHED', 'the source is not there in whole', 'go on handing it in')
  return { kind: 'upload', upload }
}

/** One grant, one extract: what was authorised is taken once. */
export async function unlessTaken({ store: { db } }: Ops, requestId: string): Promise<void> {
  const row = await db
    .selectFrom('extractions')
    .select('state')
    .where('request_id', '=', requestId)
    .where('state', 'in', ['queued', 'running', 'looking', 'sealed'])
    .executeTakeFirst()
  if (row === undefined) return
  if (row.state !== 'sealed') throw goingOn()
  throw new ActionError(
    'NOT_NOW',
    'ALREADY_TAKEN',
    'what this authorisation allows was taken already',
    'a second time needs a new version of the request',
  )
}

export function goingOn(): ActionError {
  return new ActionError('NOT_NOW', 'GOING_ON', 'an extraction is going on already', 'wait for it, or stop it')
}
