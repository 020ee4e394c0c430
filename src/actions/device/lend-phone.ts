import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { custodyClock } from './custody-clock.ts'
import { deviceInCustody, heldDevice, markOf, momentOf, noteMovement } from './custody.ts'

/**
 * Lends the user a phone in place of theirs (law row B25). `loan` is the mark of the phone lent. Throws ActionError NOT_ALLOWED, NOT_FOUND,
 * NOT_NOW (`RETURNED`, `LENT`), NOT_VALID (`LOAN`, `WHEN`).
 */
export async function lendPhone(
  ops: Ops,
  actor: Actor,
  { deviceId, loan: text }: { readonly deviceId: string; readonly loan: string },
): Promise<void> {
  const about = await mustAllow(ops, actor, 'device.move', { of: 'device', id: deviceId })
  const { events } = await heldDevice(ops.store, deviceId)
  if (custodyClock({ events }, ops.now()).loan)
    throw new ActionError('NOT_NOW', 'LENT', 'a phone is lent already', 'record first that it came back')
  const loan = markOf(text)
  if (loan === undefined)
    throw new ActionError('NOT_VALID', 'LOAN', 'this is no mark of a phone that is lent', 'such as LOAN-12')
  const happenedAt = momentOf(undefined, ops.now(), events)
  await ops.journal.record({
    kind: 'device.lent',
    actor: actor.id,
    case: about,
    details: { device: deviceId, loan },
  })
  await noteMovement(ops, {
    deviceId,
    kind: 'loan_given',
    happenedAt,
    personId: actor.id,
    place: 'With the user',
    about: loan,
  })
}

/** Records that the phone that was lent came back; also after the device was returned. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW `NOT_LENT`. */
export async function takeLoanBack(ops: Ops, actor: Actor, { deviceId }: { readonly deviceId: string }): Promise<void> {
  const about = await mustAllow(ops, actor, 'device.move', { of: 'device', id: deviceId })
  const { events } = await deviceInCustody(ops.store, deviceId)
  const lent = events.findLast(({ kind }) => kind === 'loan_given' || kind === 'loan_returned')
  if (lent?.kind !== 'loan_given' || lent.about === null)
    throw new ActionError('NOT_NOW', 'NOT_LENT', 'no phone is lent in place of this device')
  const happenedAt = momentOf(undefined, ops.now(), events)
  await ops.journal.record({
    kind: 'device.loan_returned',
    actor: actor.id,
    case: about,
    details: { device: deviceId, loan: lent.about },
  })
  await noteMovement(ops, {
    deviceId,
    kind: 'loan_returned',
    happenedAt,
    personId: actor.id,
    place: 'With the police',
    about: lent.about,
  })
}
