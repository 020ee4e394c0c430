import { allow, refused } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { custodyGaps, type CustodyGap } from './continuity.ts'
import { type CustodyClock, custodyClock } from './custody-clock.ts'
import { deviceInCustody, type DeviceInCustody } from './custody.ts'

/** A device with everything that pages show of it. */
export interface DeviceView extends DeviceInCustody {
  readonly caseId: string
  readonly caseReference: string
  readonly caseClosed: boolean
  readonly clock: CustodyClock
  readonly gaps: readonly CustodyGap[]
  /** names of those in the custody record, by their ids */
  readonly names: Readonly<Record<string, string>>
}

/** Reads a device for somebody who may know of its case. Throws ActionError NOT_FOUND for everybody else. */
export async function readDevice(ops: Ops, actor: Actor, deviceId: string): Promise<DeviceView> {
  const decided = await allow(ops, actor, 'case.see', { of: 'device', id: deviceId })
  if (!decided.allowed) throw refused(decided)
  const found = await deviceInCustody(ops.store, deviceId)
  const { db } = ops.store
  const people = [...new Set(found.events.map(({ person_id }) => person_id))]
  const [row, named] = await Promise.all([
    db
      .selectFrom('cases')
      .select(['id', 'reference', 'closed_at'])
      .where('id', '=', found.device.case_id)
      .executeTakeFirstOrThrow(),
    people.length === 0 ? [] : db.selectFrom('people').select(['id', 'name']).where('id', 'in', people).execute(),
  ])
  return {
    ...found,
    caseId: row.id,
    caseReference: row.reference,
    caseClosed: row.closed_at !== null,
    clock: custodyClock(found, ops.now()),
    gaps: custodyGaps(found.events),
    names: Object.fromEntries(named.map(({ id, name }) => [id, name])),
  }
}
