import { sql } from 'kysely'
import {
  type Detection,
  type FindingKind,
  type FindingSeverity,
  FINDING_SEVERITIES,
  type Reason,
} from '../../apps/index.ts'
import { askFirst } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { withFleetKeys } from './fleet-keys.ts'
import { findingOf, ticketRow } from './ticket-rows.ts'

/** Tickets on one page of the list. */
export const TICKETS_SHOWN = 50

/** A ticket as a list has it: its phone is told on its own page alone. */
export interface TicketInShort {
  readonly id: string
  readonly kind: FindingKind
  readonly severity: FindingSeverity
  /** `android com.example.radio`, `ios name:radio` */
  readonly app: string
  readonly opened: Date
  readonly deadline: Date
  readonly overdue: boolean
  readonly seenTo: boolean
  readonly closed?: Date
}

/** What is asked of a list of tickets. */
export interface TicketsWanted {
  readonly state: 'open' | 'overdue' | 'closed'
  readonly kind?: FindingKind
  readonly severity?: FindingSeverity
  /** from 1 */
  readonly page: number
}

/** Tickets, overdue first and then the gravest, or of those that are closed the last first. The caller has asked the policy (`fleet.see`; law row E11). */
export async function readTickets(
  ops: Ops,
  { state, kind, severity, page }: TicketsWanted,
): Promise<{ tickets: readonly TicketInShort[]; total: number }> {
  const now = ops.now()
  const wanted = ops.store.db
    .selectFrom('fleet_tickets')
    .where('closed', state === 'closed' ? 'is not' : 'is', null)
    .$if(state === 'overdue', (query) => query.where('deadline', '<', now))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind as FindingKind))
    .$if(severity !== undefined, (query) => query.where('severity', '=', severity as FindingSeverity))
  const gravest = sql`array_position(${[...FINDING_SEVERITIES]}::text[], severity)`
  const [{ total }, rows] = await Promise.all([
    wanted.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    wanted
      .selectAll()
      .$if(state === 'closed', (query) => query.orderBy('closed', 'desc'))
      .$if(state !== 'closed', (query) =>
        query.orderBy(sql`deadline >= ${now}`).orderBy(gravest, 'desc').orderBy('deadline'),
      )
      .orderBy('id')
      .limit(TICKETS_SHOWN)
      .offset((page - 1) * TICKETS_SHOWN)
      .execute(),
  ])
  if (rows.length === 0) return { tickets: [], total: Number(total) }
  const tickets = await withFleetKeys(ops, (keys) =>
    rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      severity: row.severity,
      app: findingOf(keys, row.id, row.sealed).app,
      opened: row.opened,
      deadline: row.deadline,
      overdue: row.closed === null && row.deadline < now,
      seenTo: row.settled_at !== null,
      ...(row.closed !== null && { closed: row.closed }),
    })),
  )
  return { tickets, total: Number(total) }
}

/** One ticket with everything that is known of it. */
export interface TicketRead extends TicketInShort {
  /** the phone as device management names it */
  readonly device: string
  readonly reasons: readonly Reason[]
  readonly firstSeen: Date
  readonly wrongSince: Date
  readonly detection: Detection
  readonly because?: 'gone' | 'settled'
  readonly notes: readonly {
    readonly kind: 'note' | 'done'
    readonly text: string
    readonly by: string
    readonly at: Date
  }[]
}

/** Opens one ticket for somebody who looks: that they did is logged, because it names a phone (DPA 2018 s.62). Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function seeTicket(ops: Ops, actor: Actor, id: string): Promise<TicketRead> {
  await askFirst(ops, actor, 'fleet.see')
  const row = await ticketRow(ops, id)
  await ops.journal.record({ kind: 'fleet.ticket_seen', actor: actor.id, details: { ticket: id } })
  const notes = await ops.store.db
    .selectFrom('fleet_ticket_notes')
    .innerJoin('people', 'people.id', 'fleet_ticket_notes.person_id')
    .select(['kind', 'text', 'name', 'at'])
    .where('ticket_id', '=', id)
    .orderBy('at')
    .execute()
  const finding = await withFleetKeys(ops, (keys) => findingOf(keys, id, row.sealed))
  return {
    id,
    kind: row.kind,
    severity: row.severity,
    app: finding.app,
    device: finding.device,
    reasons: finding.reasons,
    firstSeen: new Date(finding.firstSeen),
    wrongSince: new Date(finding.wrongSince),
    opened: row.opened,
    deadline: row.deadline,
    overdue: row.closed === null && row.deadline < ops.now(),
    seenTo: row.settled_at !== null,
    detection: { atLeastMs: row.at_least_ms, ...(row.at_most_ms !== null && { atMostMs: row.at_most_ms }) },
    ...(row.closed !== null && { closed: row.closed }),
    ...(row.because !== null && { because: row.because }),
    notes: notes.map(({ kind, text, name, at }) => ({ kind, text, by: name, at })),
  }
}
