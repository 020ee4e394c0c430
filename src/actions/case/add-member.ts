import { isRole, POLICY, type Role, ROLES } from '../../access/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { openOne } from './open-one.ts'

/** Roles whose part in a case begins with being let into it; the others need no membership, or may have none. */
export const MEMBER_ROLES: readonly Role[] = ROLES.map(({ id }) => id).filter((role) =>
  Object.values(POLICY).some(({ members }) => members?.includes(role)),
)

/**
 * Lets somebody into a case, in one of the roles that they hold. Who is not let in does not learn that there is a case (law row C19).
 * Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID (`NO_SUCH_PERSON`, `NOT_THEIR_ROLE`, `IS_MEMBER`), NOT_NOW `CASE_CLOSED`.
 */
export async function addMember(
  ops: Ops,
  actor: Actor,
  input: { readonly caseId: string; readonly personId: string; readonly capacity: string },
): Promise<void> {
  const { caseId, personId, capacity } = input
  const about = await mustAllow(ops, actor, 'case.add_member', { of: 'case', id: caseId })
  await openOne(ops, caseId)
  const { db } = ops.store
  const person = await db.selectFrom('people').select(['id', 'roles']).where('id', '=', personId).executeTakeFirst()
  if (person === undefined)
    throw new ActionError('NOT_VALID', 'NO_SUCH_PERSON', 'nobody with this staff number has signed in yet')
  if (!isRole(capacity) || !MEMBER_ROLES.includes(capacity) || !person.roles.includes(capacity))
    throw new ActionError('NOT_VALID', 'NOT_THEIR_ROLE', 'they do not hold this role, or it has no part in a case')
  const member = await db
    .selectFrom('case_members')
    .select('person_id')
    .where('case_id', '=', caseId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (member !== undefined) throw isMember()

  await ops.journal.record({
    kind: 'case.member_added',
    actor: actor.id,
    case: about,
    details: { case: caseId, member: personId, role: capacity },
  })
  const added = await db
    .insertInto('case_members')
    .values({ case_id: caseId, person_id: personId, capacity, added_at: ops.now(), added_by: actor.id })
    .onConflict((conflict) => conflict.doNothing())
    .returning('person_id')
    .executeTakeFirst()
  if (added === undefined) throw isMember()
}

function isMember(): ActionError {
  return new ActionError('NOT_VALID', 'IS_MEMBER', 'they are a member of this case already')
}
