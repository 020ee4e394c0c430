import { notFound } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { daysSinceRefusal } from './close-case.ts'
import { type CaseRow, openOne } from './open-one.ts'

/** What somebody who closes a case has to know. */
export interface Closing {
  readonly row: CaseRow
  /** since a device user refused, where that is less than 28 days ago */
  readonly days?: number
  /** whether the person is the supervisor, who is not in the case */
  readonly supervises: boolean
  /** whether a supervisor was asked */
  readonly asked: boolean
  /** devices that were not returned */
  readonly held: number
}

/** Reads what closing a case needs. A supervisor sees it only once they are asked. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW `CASE_CLOSED`. */
export async function closingPage(ops: Ops, actor: Actor, caseId: string): Promise<Closing> {
  await mustAllow(ops, actor, 'case.close', { of: 'case', id: caseId })
  const { db } = ops.store
  const [member, devices] = await Promise.all([
    db
      .selectFrom('case_members')
      .select('person_id')
      .where('case_id', '=', caseId)
      .where('person_id', '=', actor.id)
      .executeTakeFirst(),
    db
      .selectFrom('devices')
      .leftJoin('custody_events', (join) =>
        join.onRef('custody_events.device_id', '=', 'devices.id').on('custody_events.kind', '=', 'returned'),
      )
      .select('devices.id')
      .where('devices.case_id', '=', caseId)
      .where('devices.from_archive', 'is', null)
      .where('custody_events.id', 'is', null)
      .execute(),
  ])
  const row = await openOne(ops, caseId).catch((error: unknown) => {
    throw member === undefined ? notFound() : error
  })
  const asked = row.closing_asked_by !== null
  if (member === undefined && !asked) throw notFound()
  const days = await daysSinceRefusal(ops.store, caseId, ops.now())
  return {
    row,
    ...(days !== undefined && { days }),
    supervises: member === undefined,
    asked,
    held: devices.length,
  }
}
