import { dayOf } from '../../../retention/index.ts'
import { type Grant, underGrant } from '../../extraction/live-grant.ts'
import { newId } from '../../new-id.ts'
import type { Ops } from '../../ops.ts'

/** So long, in days, until somebody looks whether it is still needed: the least of the reviews that the schedule knows. */
const LOOKED_AT_AFTER = 90
const SAYS = 'Some of these recordings were under a hold in the archive that they came from.'

/**
 * Takes a hold along (law row D9): where any of the recordings was under one in its archive, the extract is, too, until somebody lifts it there. Once,
 * however often it is called.
 */
export async function carryHold(
  ops: Ops,
  {
    extraction,
    grant,
    codes,
  }: { readonly extraction: string; readonly grant: Grant; readonly codes: readonly string[] },
): Promise<void> {
  if (!codes.includes('hold')) return
  const { db } = ops.store
  const there = await db
    .selectFrom('holds')
    .select('id')
    .where('extraction_id', '=', extraction)
    .where('says', '=', SAYS)
    .executeTakeFirst()
  if (there !== undefined) return
  const id = newId(ops.random)
  const now = ops.now()
  const by = grant.decidedBy
  await ops.journal.record({
    kind: 'hold.set',
    actor: by,
    ...underGrant(grant),
    details: { hold: id, holding: extraction, basis: 'other', reason: SAYS },
  })
  await db
    .insertInto('holds')
    .values({
      id,
      extraction_id: extraction,
      kind: 'other',
      says: SAYS,
      review_on: dayOf(new Date(now.getTime() + LOOKED_AT_AFTER * 24 * 60 * 60 * 1000)),
      set_by: by,
      set_at: now,
    })
    .execute()
}
