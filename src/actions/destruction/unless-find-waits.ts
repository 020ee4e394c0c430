import type { Store } from '../../store/index.ts'
import { ActionError } from '../action-error.ts'

/**
 * Nothing of an extract is destroyed while something that came to light in it waits for a decision: what follows from it may be a request of its own (law
 * rows G15, D9). Throws ActionError NOT_NOW `FIND_WAITS`.
 */
export async function unlessFindWaits(db: Store['db'], extraction: string): Promise<void> {
  const waits = await db
    .selectFrom('finds')
    .select('id')
    .where('extraction_id', '=', extraction)
    .where('decided_at', 'is', null)
    .executeTakeFirst()
  if (waits === undefined) return
  throw new ActionError(
    'NOT_NOW',
    'FIND_WAITS',
    'something else came to light in it, and nobody has decided what follows from that',
    'wait until an authorising officer has decided',
  )
}
