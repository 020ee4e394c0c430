import type { Store } from '../../store/index.ts'
import { ActionError } from '../action-error.ts'
import { unlessFindWaits } from './unless-find-waits.ts'

/** The extract that is about to be sealed anew: nobody opens it, and nothing is sealed to the key that goes. */
export function beingSealed(): ActionError {
  return new ActionError(
    'NOT_NOW',
    'BEING_SEALED',
    'a part of this extract is being destroyed, and the rest sealed anew',
    'open it again in a few minutes',
  )
}

/**
 * Asks, inside a transaction that is about to add something to an extract, whether it is being sealed anew; until that transaction ends it is not. Throws
 * ActionError NOT_NOW `BEING_SEALED`.
 */
export async function unlessBeingSealed(db: Store['db'], extraction: string): Promise<void> {
  await db
    .selectFrom('holdings')
    .select('extraction_id')
    .where('extraction_id', '=', extraction)
    .forKeyShare()
    .execute()
  const sealing = await db
    .selectFrom('destructions')
    .select('id')
    .where('extraction_id', '=', extraction)
    .where('sealing_at', 'is not', null)
    .where('done_at', 'is', null)
    .executeTakeFirst()
  if (sealing !== undefined) throw beingSealed()
}

/** Whether something stops the destruction of a part: a hold, or that all of it must be kept as evidence (law rows C16, D9). Throws ActionError NOT_NOW `HELD`, `EVIDENCE`, `FIND_WAITS`. */
export async function mustBeErasable(db: Store['db'], extraction: string): Promise<void> {
  const row = await db
    .selectFrom('holdings')
    .select('evidence')
    .where('extraction_id', '=', extraction)
    .forUpdate()
    .executeTakeFirst()
  const hold = await db
    .selectFrom('holds')
    .select('id')
    .where('extraction_id', '=', extraction)
    .where('lifted_at', 'is', null)
    .executeTakeFirst()
  if (hold !== undefined)
    throw new ActionError('NOT_NOW', 'HELD', 'a hold is set: nothing of it may be destroyed', 'wait until it is lifted')
  if (row?.evidence)
    throw new ActionError(
      'NOT_NOW',
      'EVIDENCE',
      'it must be kept as evidence',
      'what is evidence is restricted instead',
    )
  await unlessFindWaits(db, extraction)
}
