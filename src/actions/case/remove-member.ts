import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { openOne } from './open-one.ts'

/**
 * Takes somebody out of a case: from then on it is not there for them. The officer in the case stays, so that somebody answers for it.
 * Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID (`NOT_A_MEMBER`, `OFFICER_STAYS`), NOT_NOW `CASE_CLOSED`.
 */
export async function removeMember(
  ops: Ops,
  actor: Actor,
  { caseId, personId }: { readonly caseId: string; readonly personId: string },
): Promise<void> {
  const about = await mustAllow(ops, actor, 'case.add_member', { of: 'case', id: caseId })
  const { opened_by } = await openOne(ops, caseId)
  if (personId === opened_by) throw new ActionError('NOT_VALID', 'OFFICER_STAYS', 'the officer in the case stays in it')
  const { db } = ops.store
  const member = await db
    .selectFrom('case_members')
    .select('person_id')
    .where('case_id', '=', caseId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (member === undefined) throw new ActionError('NOT_VALID', 'NOT_A_MEMBER', 'they are not a member of this case')
  await ops.journal.record({
    kind: 'case.member_removed',
    actor: actor.id,
    case: about,
    details: { case: caseId, member: personId },
  })
  await db.deleteFrom('case_members').where('case_id', '=', caseId).where('person_id', '=', personId).execute()
}
