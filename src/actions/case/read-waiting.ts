import { sql } from 'kysely'
import type { Actor, Ops } from '../ops.ts'
import { custodyClock, HOURS_ALLOWED, HOURS_OF_WARNING, type CustodyClock } from '../device/custody-clock.ts'
import type { CustodyKind } from '../../store/index.ts'

const HOUR = 3_600_000

/** A device whose user has been without a phone for almost a day, or longer. */
export interface HeldLong {
  readonly id: string
  readonly exhibit: string
  readonly reference: string
  readonly clock: CustodyClock
}

/** Devices in somebody's cases that are near or past 24 hours, with no phone lent in their place; the longest first (law row B25). */
export async function heldLong(ops: Ops, actor: Actor): Promise<HeldLong[]> {
  const now = ops.now()
  const since = new Date(now.getTime() - (HOURS_ALLOWED - HOURS_OF_WARNING) * HOUR)
  const { rows } = await sql<{
    id: string
    exhibit: string
    reference: string
    events: { kind: CustodyKind; happened_at: string }[]
  }>`
    WITH held AS MATERIALIZED (
      SELECT v.id, v.exhibit, v.case_id FROM case_members m JOIN devices v ON v.case_id = m.case_id
      WHERE m.person_id = ${actor.id}
        AND NOT EXISTS (SELECT 1 FROM custody_events u WHERE u.device_id = v.id AND u.kind = 'returned'))
    SELECT held.id, held.exhibit, c.reference, (SELECT json_agg(json_build_object('kind', u.kind, 'happened_at', u.happened_at)
      ORDER BY u.happened_at, u.id) FROM custody_events u WHERE u.device_id = held.id) AS events
    FROM held JOIN cases c ON c.id = held.case_id
    WHERE EXISTS (SELECT 1 FROM custody_events u WHERE u.device_id = held.id AND u.kind = 'received' AND u.happened_at <= ${since})
    LIMIT 200`.execute(ops.store.db)
  return rows
    .map(({ id, exhibit, reference, events }) => ({
      id,
      exhibit,
      reference,
      clock: custodyClock(
        { events: events.map(({ kind, happened_at }) => ({ kind, happened_at: new Date(happened_at) })) },
        now,
      ),
    }))
    .filter(({ clock }) => clock.state === 'overdue' || clock.state === 'due_soon')
    .sort((a, b) => b.clock.hoursHeld - a.clock.hoursHeld)
}

/** An open case of somebody's own in which nothing was asked for. */
export interface NothingAsked {
  readonly id: string
  readonly reference: string
  readonly offence: string
  readonly openedAt: Date
}

/** The open cases that somebody opened, with a device that is held and no request. */
export async function nothingAskedFor({ store }: Ops, actor: Actor): Promise<NothingAsked[]> {
  const { rows } = await sql<NothingAsked>`
    SELECT c.id, c.reference, c.offence, c.opened_at AS "openedAt" FROM cases c
    WHERE c.opened_by = ${actor.id} AND c.closed_at IS NULL AND NOT EXISTS
      (SELECT 1 FROM requests r JOIN devices v ON v.id = r.device_id WHERE r.case_id = c.id AND v.from_archive IS NULL)
    ORDER BY c.opened_at LIMIT 50`.execute(store.db)
  return rows
}

/** A case that a supervisor is asked to close. */
export interface ClosingAsked {
  readonly id: string
  readonly reference: string
  readonly askedAt: Date
}

/** Cases that somebody else asks a supervisor to close (law row B24). The caller has looked whether the person is one. */
export async function closingAsked({ store }: Ops, actor: Actor): Promise<ClosingAsked[]> {
  const { rows } = await sql<ClosingAsked>`
    SELECT c.id, c.reference, c.closing_asked_at AS "askedAt" FROM cases c
    WHERE c.closing_asked_at IS NOT NULL AND c.closed_at IS NULL AND c.closing_asked_by <> ${actor.id}
      AND NOT EXISTS (SELECT 1 FROM case_members m WHERE m.case_id = c.id AND m.person_id = ${actor.id})
    ORDER BY c.closing_asked_at LIMIT 50`.execute(store.db)
  return rows
}
