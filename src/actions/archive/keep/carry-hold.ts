import { dayOf } from '../../../retention/index.ts'
import { type Grant, underGrant } from '../../extraction/live-grant.ts'
import type { Ops } from '../../ops.ts'
import { writeHold } from '../../retention/write-hold.ts'

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
  const there = await ops.store.db
    .selectFrom('holds')
    .select('id')
    .where('extraction_id', '=', extraction)
    .where('says', '=', SAYS)
    .executeTakeFirst()
  if (there !== undefined) return
  await writeHold(ops, {
    extraction,
    kind: 'other',
    says: SAYS,
    reviewOn: dayOf(new Date(ops.now().getTime() + LOOKED_AT_AFTER * 24 * 60 * 60 * 1000)),
    setBy: grant.decidedBy,
    under: underGrant(grant),
  })
}
