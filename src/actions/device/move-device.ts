import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { heldDevice, momentOf, type Movement, noteMovement, placeId, placeOf } from './custody.ts'
import { MOVE_REASONS, type MoveReason } from './words.ts'

/**
 * Moves a device from where it is to somewhere else (law rows B26, F9). Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW `RETURNED`,
 * NOT_VALID (`PLACE`, `REASON`, `WHEN`).
 */
export async function moveDevice(
  ops: Ops,
  actor: Actor,
  input: Movement & { readonly deviceId: string; readonly reason: string },
): Promise<void> {
  const { deviceId, reason } = input
  const about = await mustAllow(ops, actor, 'device.move', { of: 'device', id: deviceId })
  const { events } = await heldDevice(ops.store, deviceId)
  const place = placeOf(input.place)
  if (!MOVE_REASONS.includes(reason as MoveReason))
    throw new ActionError('NOT_VALID', 'REASON', 'why it is moved must be said')
  const happenedAt = momentOf(input.happenedAt, ops.now(), events)
  await ops.journal.record({
    kind: 'device.moved',
    actor: actor.id,
    case: about,
    details: { device: deviceId, to: placeId(place), reason: reason as MoveReason },
  })
  const { sealFound, seal } = input
  await noteMovement(ops, {
    deviceId,
    kind: 'moved',
    happenedAt,
    personId: actor.id,
    place,
    about: reason,
    ...(sealFound !== undefined && { sealFound }),
    ...(seal !== undefined && { seal }),
  })
}
