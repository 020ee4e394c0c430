import type { Ops } from '../ops.ts'

/** A sign-in ends by itself after so many milliseconds without a page. */
export const SIGN_IN_IDLE = 30 * 60_000

/** Removes the sign-ins that ended by their time, and says so in the log. Gives how many. None of them let anybody in any more. */
export async function endSignIns(ops: Ops): Promise<number> {
  const { db } = ops.store
  const now = ops.now()
  const ended = await db
    .selectFrom('sign_ins')
    .select(['id', 'person_id'])
    .where(({ eb, or }) => or([eb('ends_at', '<=', now), eb('seen_at', '<=', new Date(now.getTime() - SIGN_IN_IDLE))]))
    .execute()
  for (const { id, person_id } of ended) {
    await ops.journal.record({
      kind: 'access.signed_out',
      actor: person_id,
      // As the entry of the sign-in named it.
      details: { session: id.toString('hex').slice(0, 32), because: 'time' },
    })
    await db.deleteFrom('sign_ins').where('id', '=', id).execute()
  }
  return ended.length
}
