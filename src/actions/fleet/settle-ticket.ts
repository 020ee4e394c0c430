import { hash } from 'node:crypto'
import { ActionError } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { ticketRow } from './ticket-rows.ts'

/** Characters of one note at most. */
export const LONGEST_TICKET_NOTE = 2000

/**
 * Writes down what was done about a ticket, or a note on it (law row E11). Done or not, it closes only when an import shows it: nobody's word closes it. Throws
 * ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW `CLOSED`, NOT_VALID `text`.
 */
export async function settleTicket(
  ops: Ops,
  actor: Actor,
  { ticket, kind, text }: { ticket: string; kind: 'note' | 'done'; text: string },
): Promise<void> {
  await askFirst(ops, actor, 'fleet.settle')
  const row = await ticketRow(ops, ticket)
  if (row.closed !== null)
    throw new ActionError('NOT_NOW', 'CLOSED', 'this ticket is closed', 'look at the list of tickets')
  const said = text.trim()
  if (said === '') throw new ActionError('NOT_VALID', 'text', kind === 'done' ? 'Enter what was done' : 'Enter a note')
  if (said.length > LONGEST_TICKET_NOTE) throw new ActionError('NOT_VALID', 'text', 'Use 2,000 characters or fewer')
  const now = ops.now()
  const digest = hash('sha256', said, 'hex')
  if (kind === 'done')
    await ops.journal.record({
      kind: 'fleet.settled',
      actor: actor.id,
      details: { ticket, as: row.kind, severity: row.severity, late: row.deadline < now, done: digest },
    })
  else await ops.journal.record({ kind: 'fleet.noted', actor: actor.id, details: { ticket, note: digest } })
  await ops.store.db.transaction().execute(async (db) => {
    await db
      .insertInto('fleet_ticket_notes')
      .values({ id: newId(ops.random), ticket_id: ticket, kind, text: said, person_id: actor.id, at: now })
      .execute()
    if (kind === 'done')
      await db
        .updateTable('fleet_tickets')
        .set({ settled_by: actor.id, settled_at: now })
        .where('id', '=', ticket)
        .execute()
  })
}
