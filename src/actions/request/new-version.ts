import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { openOne } from '../case/open-one.ts'
import { mustBeOfDevice } from '../extraction/live-grant.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { inTurn } from '../turn.ts'
import { withoutLateParts } from './late-part.ts'
import type { Beliefs } from './draft.ts'

/** Where a request may stand for a new version to be made of it. */
export const MAY_RENEW = ['granted', 'narrowed', 'returned', 'refused', 'refused_by_user', 'expired'] as const

/**
 * Begins the next version of a request: a change of scope is a new notice, a new agreement and a new decision (law row B29). What was written comes with it;
 * what was agreed does not. Who was asked and said no, or yes to part of it only, may be asked for less, and may say no again. A grant stays in force until the new version is granted; a request that was returned gives way at once. Gives the new
 * version's id. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW (`REQUEST_…`, `LATER_VERSION`, `CASE_CLOSED`).
 */
export async function newVersion(ops: Ops, actor: Actor, { id }: { id: string }): Promise<string> {
  const about = await mustAllow(ops, actor, 'request.write', { of: 'request', id })
  await openOne(ops, about.caseId)
  return inTurn(ops, id, MAY_RENEW, async (request) => {
    const { reference, version, device_id, document } = request
    mustBeOfDevice(
      await ops.store.db
        .selectFrom('devices')
        .select('from_archive')
        .where('id', '=', device_id)
        .executeTakeFirstOrThrow(),
    )
    const last = await mustBeLast(ops, reference, version)
    const next = newId(ops.random)
    await ops.journal.record({
      kind: 'request.started',
      actor: actor.id,
      case: about,
      details: { request: next, version: last + 1, device: device_id, supersedes: id },
    })
    const { no_phone: _, ...beliefs } = withoutLateParts(request.beliefs as Beliefs)
    await ops.store.db.transaction().execute(async (db) => {
      await db
        .insertInto('requests')
        .values({
          id: next,
          case_id: about.caseId,
          device_id,
          reference,
          version: last + 1,
          supersedes: id,
          document: JSON.stringify(document),
          beliefs: JSON.stringify(beliefs),
          requested_by: actor.id,
          created_at: ops.now(),
        })
        .execute()
      if (request.status === 'returned')
        await db.updateTable('requests').set({ status: 'superseded' }).where('id', '=', id).execute()
    })
    return next
  })
}

/** Gives the highest version that was ever begun; a later one that came to nothing does not stand in the way. */
async function mustBeLast({ store: { db } }: Ops, reference: string, version: number): Promise<number> {
  const later = await db
    .selectFrom('requests')
    .select(['version', 'status'])
    .where('reference', '=', reference)
    .where('version', '>', version)
    .execute()
  if (later.some(({ status }) => status !== 'withdrawn' && status !== 'no_phone_needed'))
    throw new ActionError(
      'NOT_NOW',
      'LATER_VERSION',
      'there is a later version of this request',
      'open that one: the case lists it',
    )
  return Math.max(version, ...later.map((one) => one.version))
}
