import { scheduleDigest, STARTING_SCHEDULE } from '../../retention/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { excessToGo } from './progress.ts'
import { propose } from './propose-destruction.ts'
import { mustBeErasable } from './sealing.ts'

/**
 * Proposes that what was decided to go of the excess in an extract be destroyed: exactly these records, whatever is decided afterwards. Whoever decides on
 * excess is the first of two people; the second approves as any destruction (law rows B21, H14). Gives the id of the destruction. Throws ActionError
 * NOT_ALLOWED, NOT_FOUND, NOT_VALID `REASONS`, NOT_NOW `NOTHING_DECIDED`, `PROPOSED`, and as `mustBeErasable`.
 */
export async function proposeExcessDestruction(
  ops: Ops,
  actor: Actor,
  { extraction, reason }: { readonly extraction: string; readonly reason: string },
): Promise<string> {
  const about = await mustAllow(ops, actor, 'extract.decide_excess', { of: 'extraction', id: extraction })
  await ops.store.db.transaction().execute((tx) => mustBeErasable(tx, extraction))
  const records = await excessToGo(ops, extraction)
  if (records.length === 0)
    throw new ActionError('NOT_NOW', 'NOTHING_DECIDED', 'nothing is decided to go', 'decide on the records first')
  return propose(ops, actor, about, {
    extraction,
    reason,
    rule: 'excess',
    schedule: scheduleDigest(STARTING_SCHEDULE),
    records,
  })
}
