import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../store/index.ts'
import { notFound } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { openOne } from '../case/open-one.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { deviceOf } from './document-of.ts'

/** The year of a reference is that of British local time: it is written on paper. */
const YEAR = new Intl.DateTimeFormat('en-GB', { year: 'numeric', timeZone: 'Europe/London' })
/** Any number that nothing else locks with. */
const REFERENCES_LOCK = 7_302_611

/**
 * Begins a request about a device. It asks for nothing: nothing is ticked, and the empty scope takes nothing. Gives its id. Throws ActionError
 * NOT_ALLOWED, NOT_FOUND, NOT_NOW `CASE_CLOSED`.
 */
export async function startRequest(ops: Ops, actor: Actor, { device: deviceId }: { device: string }): Promise<string> {
  const about = await mustAllow(ops, actor, 'request.write', { of: 'device', id: deviceId })
  await openOne(ops, about.caseId)
  const row = await ops.store.db.selectFrom('devices').selectAll().where('id', '=', deviceId).executeTakeFirstOrThrow()
  if (row.from_archive !== null) throw notFound()
  const id = newId(ops.random)
  await ops.journal.record({
    kind: 'request.started',
    actor: actor.id,
    case: about,
    details: { request: id, version: 1, device: deviceId },
  })
  const now = ops.now()
  await ops.store.db.transaction().execute(async (db) => {
    await db
      .insertInto('requests')
      .values({
        id,
        case_id: about.caseId,
        device_id: deviceId,
        reference: await nextReference(db, now),
        document: JSON.stringify({ device: deviceOf(row) }),
        requested_by: actor.id,
        created_at: now,
      })
      .execute()
  })
  return id
}

/** The next reference of the year: `A/2026/0142`. Whoever asks at the same time waits until this one's row is there. */
export async function nextReference(db: Kysely<Tables>, now: Date): Promise<string> {
  const year = YEAR.format(now)
  await sql`SELECT pg_advisory_xact_lock(${REFERENCES_LOCK})`.execute(db)
  const { rows } = await sql<{ last: number | null }>`
    SELECT max(split_part(reference, '/', 3)::int) AS last FROM requests WHERE reference LIKE ${`A/${year}/%`}`.execute(
    db,
  )
  return `A/${year}/${String((rows[0]?.last ?? 0) + 1).padStart(4, '0')}`
}
