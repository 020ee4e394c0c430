import { setTimeout as pause } from 'node:timers/promises'
import { type Details, openEvent } from '../../../events/index.ts'
import { JournalError } from '../../../journal/index.ts'
import { type Ops, SERVICE_ACTOR } from '../../ops.ts'

/** Where an entry stands, and what it says. */
export interface Recorded {
  readonly leaf: number
  readonly details: Readonly<Record<string, unknown>>
}

type Kind = 'batch.stopped' | 'batch.destroyed' | 'batch.certified'

/** How long, in milliseconds, an entry that was handed in before is waited for. */
const LONGEST = 10_000
const POLL = 20

/**
 * Writes down what became of a batch, once: whoever goes on after an interruption finds the entry, also where it was handed in and does not stand in the log
 * yet. Throws JournalError NOT_LOGGED.
 */
export async function recordedOnce<K extends Kind>(ops: Ops, kind: K, details: Details<K>): Promise<Recorded> {
  const { batch } = details as unknown as { readonly batch: string }
  for (let waited = 0; waited <= LONGEST; waited += POLL) {
    const found = await recordedBefore(ops, kind, batch)
    if (found === undefined) {
      const { leaf } = await ops.journal.record({ kind, actor: SERVICE_ACTOR, details })
      return { leaf, details: { ...details } }
    }
    if (found.leaf !== null) return { leaf: found.leaf, details: found.details }
    await pause(POLL)
  }
  throw new JournalError('NOT_LOGGED', 'this could not be written to the log', 'try again')
}

/** What was written down of a batch already; `leaf` is null where the log does not hold it yet. */
export async function recordedBefore(
  { store: { db } }: Ops,
  kind: Kind,
  batch: string,
): Promise<{ leaf: number | null; details: Readonly<Record<string, unknown>> } | undefined> {
  const rows = await db
    .selectFrom('statements')
    .select(['leaf', 'envelope'])
    .where('kind', '=', kind)
    .orderBy('id')
    .execute()
  for (const { leaf, envelope } of rows) {
    const { details } = openEvent(envelope, [])
    if (details['batch'] === batch) return { leaf, details }
  }
  return undefined
}
