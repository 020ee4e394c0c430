import { scheduleDigest, STARTING_SCHEDULE } from '../../retention/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { isDuplicate } from '../case/duplicate.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { grantLeaf } from '../retention/held.ts'
import { isProposed, proposed } from './propose-destruction.ts'
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
  if (reason.trim() === '') throw new ActionError('NOT_VALID', 'REASONS', 'a proposal needs its reason', 'say why')
  const { db } = ops.store
  await db.transaction().execute((tx) => mustBeErasable(tx, extraction))
  const rows = await db
    .selectFrom('tags')
    .select('record_id')
    .where('extraction_id', '=', extraction)
    .where('tag', '=', 'excess')
    .where('decided', '=', 'destroy')
    .orderBy('record_id')
    .execute()
  if (rows.length === 0)
    throw new ActionError('NOT_NOW', 'NOTHING_DECIDED', 'nothing is decided to go', 'decide on the records first')
  if (await isProposed(ops, extraction)) throw proposed()
  const id = newId(ops.random)
  const leaf = await grantLeaf(ops.store, extraction)
  await ops.journal.record({
    kind: 'destruction.proposed',
    actor: actor.id,
    case: about,
    details: {
      destruction: id,
      holding: extraction,
      extract: extraction,
      how: 'part',
      rule: 'excess',
      schedule: scheduleDigest(STARTING_SCHEDULE),
    },
    ...(leaf !== undefined && { authorisation: leaf }),
  })
  try {
    await db
      .insertInto('destructions')
      .values({
        id,
        extraction_id: extraction,
        proposed_by: actor.id,
        proposed_at: ops.now(),
        reason: reason.trim(),
        records: rows.map(({ record_id }) => record_id),
      })
      .execute()
  } catch (error) {
    if (isDuplicate(error, 'destructions_open')) throw proposed()
    throw error
  }
  return id
}
