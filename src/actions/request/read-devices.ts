import { mustAllow } from '../allow.ts'
import { openOne } from '../case/open-one.ts'
import type { Actor, Ops } from '../ops.ts'

/** A device that a request may be about. */
export interface DeviceToAsk {
  readonly id: string
  readonly exhibit: string
  readonly description: string
  readonly userName: string
}

/** The devices of a case, for whoever begins a request there. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW `CASE_CLOSED`. */
export async function readDevicesToAsk(
  ops: Ops,
  actor: Actor,
  caseId: string,
): Promise<{ readonly reference: string; readonly devices: readonly DeviceToAsk[] }> {
  await mustAllow(ops, actor, 'request.write', { of: 'case', id: caseId })
  const { reference } = await openOne(ops, caseId)
  const devices = await ops.store.db
    .selectFrom('devices')
    .select(['id', 'exhibit', 'description', 'user_name as userName'])
    .where('case_id', '=', caseId)
    .where('from_archive', 'is', null)
    .orderBy('created_at')
    .execute()
  return { reference, devices }
}
