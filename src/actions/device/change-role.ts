import { hash } from 'node:crypto'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { openOne } from '../case/open-one.ts'
import type { Actor, Ops } from '../ops.ts'
import { deviceInCustody } from './custody.ts'
import { USER_ROLES, type UserRole } from './words.ts'

/**
 * Changes who the device user is to the case: a victim may become a suspect. What they were before, when it changed and why stay on record
 * (DPA 2018 s.38(3), law row C6). Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID (`USER_ROLE`, `REASON`), NOT_NOW (`CASE_CLOSED`, `CHANGED`).
 */
export async function changeRole(
  ops: Ops,
  actor: Actor,
  { deviceId, role, reason }: { readonly deviceId: string; readonly role: string; readonly reason: string },
): Promise<void> {
  const about = await mustAllow(ops, actor, 'device.receive', { of: 'device', id: deviceId })
  await openOne(ops, about.caseId)
  const { device } = await deviceInCustody(ops.store, deviceId)
  if (!USER_ROLES.includes(role as UserRole) || role === device.user_role)
    throw new ActionError('NOT_VALID', 'USER_ROLE', 'this is no other role than they have')
  if (reason.trim() === '') throw new ActionError('NOT_VALID', 'REASON', 'why it changes must be said')
  await ops.journal.record({
    kind: 'device.role_changed',
    actor: actor.id,
    case: about,
    details: { device: deviceId, before: device.user_role, after: role, reason: hash('sha256', reason.trim(), 'hex') },
  })
  const changed = await ops.store.db
    .updateTable('devices')
    .set({ user_role: role })
    .where('id', '=', deviceId)
    .where('user_role', '=', device.user_role)
    .returning('id')
    .executeTakeFirst()
  if (changed === undefined)
    throw new ActionError('NOT_NOW', 'CHANGED', 'somebody else changed it meanwhile', 'look at it again')
}
