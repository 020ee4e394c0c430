import { setTimeout as pause } from 'node:timers/promises'
import { type Details, type EventKind, openEvent } from '../events/index.ts'
import { type Event, JournalError } from '../journal/index.ts'
import type { Ops } from './ops.ts'

/** Where an entry stands, and what it says. */
export interface Recorded {
  readonly leaf: number
  readonly details: Readonly<Record<string, unknown>>
}

/** How long, in milliseconds, an entry that was handed in before is waited for. */
const LONGEST = 10_000
const POLL = 20

/**
 * Writes down a step of what may be interrupted, once: whoever goes on finds the entry of this kind that names the same id under `by`, also where it was handed
 * in and does not stand in the log yet. Throws JournalError NOT_LOGGED.
 */
export async function recordedOnce<K extends EventKind>(
  ops: Ops,
  event: Event<K>,
  by: keyof Details<K> & string,
): Promise<Recorded> {
  const { kind, details } = event
  const id = String(details[by])
  for (let waited = 0; waited <= LONGEST; waited += POLL) {
    const found = await recordedBefore(ops, { kind, by, id, caseId: event.case?.caseId })
    if (found === undefined) {
      const { leaf } = await ops.journal.record(event)
      return { leaf, details: { ...details } }
    }
    if (found.leaf !== null) return { leaf: found.leaf, details: found.details }
    await pause(POLL)
  }
  throw new JournalError('NOT_LOGGED', 'this could not be written to the log', 'try again')
}

/**
 * The entry of this kind that names `id` under `by`; undefined where there is none. Its `leaf` is null where the log does not hold it yet. `caseId` is given
 * for what concerns a case.
 */
export async function recordedBefore<K extends EventKind>(
  { store: { db } }: Ops,
  { kind, by, id, caseId }: { kind: K; by: keyof Details<K> & string; id: string; caseId?: string | undefined },
): Promise<{ leaf: number | null; details: Readonly<Record<string, unknown>> } | undefined> {
  const ofKind = db.selectFrom('statements').select(['leaf', 'envelope']).where('kind', '=', kind).orderBy('id')
  const rows = await (caseId === undefined ? ofKind : ofKind.where('case_id', '=', caseId)).execute()
  for (const { leaf, envelope } of rows) {
    const { details } = openEvent(envelope, [])
    if (details[by] === id) return { leaf, details }
  }
  return undefined
}
