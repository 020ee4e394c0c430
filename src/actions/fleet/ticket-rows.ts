import { type Kysely, sql } from 'kysely'
import { detectionOf, type Ticket } from '../../apps/index.ts'
import type { Tables } from '../../store/index.ts'
import { randomUUID } from 'node:crypto'
import { notFound } from '../action-error.ts'
import type { Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import type { FleetKeys } from './fleet-keys.ts'

/** At once into the database: more would be one long text. */
const AT_ONCE = 5000

/** A ticket as it stands in its table. */
export interface TicketRow {
  readonly id: string
  readonly mark: string
  readonly ticket: Ticket
}

interface Written extends TicketRow {
  readonly sealed: Buffer
}

/** What an import does to tickets. */
export interface TicketChanges {
  readonly opened: readonly Written[]
  readonly changed: readonly Written[]
  readonly closed: readonly TicketRow[]
}

/** What a row holds sealed: the finding, with phone and app. */
type Finding = Ticket['finding']

/** All tickets that are open. Throws VaultError DAMAGED. */
export async function openTickets(db: Kysely<Tables>, keys: FleetKeys): Promise<TicketRow[]> {
  const rows = await db
    .selectFrom('fleet_tickets')
    .select(['id', 'mark', 'sealed', 'opened', 'deadline'])
    .where('closed', 'is', null)
    .execute()
  return rows.map(({ id, mark, sealed, opened, deadline }) => ({
    id,
    mark,
    ticket: {
      finding: findingOf(keys, id, sealed),
      opened: opened.toISOString(),
      deadline: deadline.toISOString(),
    },
  }))
}

/** One ticket as its table has it, by its id. Throws ActionError NOT_FOUND. */
export async function ticketRow({ store: { db } }: Ops, id: string) {
  const row = isId(id)
    ? await db.selectFrom('fleet_tickets').selectAll().where('id', '=', id).executeTakeFirst()
    : undefined
  if (row === undefined) throw notFound()
  return row
}

/** Opens what a ticket is about. Throws VaultError DAMAGED. */
export function findingOf(keys: FleetKeys, id: string, sealed: Buffer): Finding {
  return keys.open(`ticket ${id}`, sealed) as Finding
}

/** What became of tickets, and which are new. */
export function changesOf(keys: FleetKeys, open: readonly TicketRow[], now: readonly Ticket[]): TicketChanges {
  const known = new Map(open.map((row) => [row.mark, row]))
  const opened: Written[] = []
  const changed: Written[] = []
  const closed: TicketRow[] = []
  for (const ticket of now) {
    const { device, app, kind } = ticket.finding
    const mark = keys.mark(device, app, kind)
    const before = known.get(mark)
    if (ticket.closed !== undefined) {
      if (before !== undefined) closed.push({ ...before, ticket })
    } else if (before === undefined || before.ticket.opened !== ticket.opened) {
      const id = randomUUID()
      opened.push({ id, mark, ticket, sealed: keys.seal(`ticket ${id}`, ticket.finding) })
    } else if (
      before.ticket.deadline !== ticket.deadline ||
      JSON.stringify(before.ticket.finding) !== JSON.stringify(ticket.finding)
    )
      changed.push({ ...before, ticket, sealed: keys.seal(`ticket ${before.id}`, ticket.finding) })
  }
  return { opened, changed, closed }
}

/** Writes them down. To be called in the transaction that changes what phones hold. */
export async function writeTickets(db: Kysely<Tables>, { opened, changed, closed }: TicketChanges): Promise<void> {
  for (const rows of inLots(closed))
    await sql`
      UPDATE fleet_tickets t SET closed = c.closed, because = c.because
      FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ ticket }) => ticket.closed)}::timestamptz[],
        ${rows.map(({ ticket }) => ticket.because)}::text[]) AS c (id, closed, because)
      WHERE t.id = c.id AND t.closed IS NULL`.execute(db)
  for (const rows of inLots(changed))
    await sql`
      UPDATE fleet_tickets t SET severity = c.severity, sealed = c.sealed, deadline = c.deadline
      FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ ticket }) => ticket.finding.severity)}::text[],
        ${rows.map(({ sealed }) => sealed)}::bytea[], ${rows.map(({ ticket }) => ticket.deadline)}::timestamptz[])
        AS c (id, severity, sealed, deadline)
      WHERE t.id = c.id`.execute(db)
  for (const rows of inLots(opened)) {
    const detected = rows.map(({ ticket }) => detectionOf(ticket))
    await sql`
      INSERT INTO fleet_tickets (id, mark, kind, severity, sealed, opened, deadline, at_least_ms, at_most_ms)
      SELECT * FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ mark }) => mark)}::text[],
        ${rows.map(({ ticket }) => ticket.finding.kind)}::text[], ${rows.map(({ ticket }) => ticket.finding.severity)}::text[],
        ${rows.map(({ sealed }) => sealed)}::bytea[], ${rows.map(({ ticket }) => ticket.opened)}::timestamptz[],
        ${rows.map(({ ticket }) => ticket.deadline)}::timestamptz[], ${detected.map((one) => one.atLeastMs)}::bigint[],
        ${detected.map((one) => one.atMostMs ?? null)}::bigint[])`.execute(db)
  }
}

function* inLots<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += AT_ONCE) yield all.slice(at, at + AT_ONCE)
}
