import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { inside } from '../inside.ts'
import type { Actor, Ops } from '../ops.ts'
import { custodyClock, HOURS_ALLOWED } from './custody-clock.ts'
import { heldDevice, momentOf, type Movement, noteMovement, placeOf } from './custody.ts'
import { type Recipient, RECIPIENTS } from './words.ts'

/**
 * Gives a device back, which stops its clock (law row B25). `place` is where it was handed over. Throws ActionError NOT_ALLOWED, NOT_FOUND,
 * NOT_NOW `RETURNED`, NOT_VALID (`RECIPIENT`, `PLACE`, `WHEN`).
 */
export async function returnDevice(
  ops: Ops,
  actor: Actor,
  input: Movement & { readonly deviceId: string; readonly to: string; readonly condition?: string },
): Promise<{ readonly hoursHeld: number }> {
  const { deviceId, to } = input
  const about = await mustAllow(ops, actor, 'device.return', { of: 'device', id: deviceId })
  if (!RECIPIENTS.includes(to as Recipient))
    throw new ActionError('NOT_VALID', 'RECIPIENT', 'to whom it was returned must be said')
  const place = placeOf(input.place)
  return ops.store.db.transaction().execute(async (db) => {
    // Of two people who give it back at once one waits here, and then finds it given back.
    await db.selectFrom('devices').select('id').where('id', '=', deviceId).forUpdate().execute()
    const { events } = await heldDevice(inside(ops, db).store, deviceId)
    const happenedAt = momentOf(input.happenedAt, ops.now(), events)
    const { hoursHeld } = custodyClock({ events }, happenedAt)
    await ops.journal.record({
      kind: 'device.returned',
      actor: actor.id,
      case: about,
      details: {
        device: deviceId,
        to: to as Recipient,
        hours_held: hoursHeld,
        within_24_hours: hoursHeld < HOURS_ALLOWED,
      },
    })
    const { sealFound, condition } = input
    await noteMovement(
      ops,
      {
        deviceId,
        kind: 'returned',
        happenedAt,
        personId: actor.id,
        place,
        about: to,
        ...(sealFound !== undefined && { sealFound }),
        ...(condition !== undefined && { condition }),
      },
      db,
    )
    return { hoursHeld }
  })
}
