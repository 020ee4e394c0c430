import type { SourceDevice } from '../../authorisation/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { checkGrant, type Grant, grantOf, grantOfDevice, mustGrant, underGrant } from '../extraction/live-grant.ts'
import { goingOn, unlessTaken } from '../extraction/start-extraction.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { inTurn } from '../turn.ts'
import type { HandMethod, HandSource } from './by-hand.ts'

/** What tells one device from another, as it is read off the device and its label. */
export interface DeviceInHand extends SourceDevice {
  readonly exhibit?: string
}

/**
 * Begins to look at a device by hand, under a grant and through the same gates as a program that reads it (PCSC Act 2022 s.37(13) and (14); law
 * rows B10, B21): written to the log before anything is looked at. Gives its id. Throws ActionError NOT_ALLOWED; NOT_NOW with the reason why the grant
 * grants nothing, `GOING_ON`, `ALREADY_TAKEN`; NOT_VALID `device`.
 */
export async function beginByHand(
  ops: Ops,
  actor: Actor,
  { requestId, method, device }: { requestId: string; method: HandMethod; device: DeviceInHand },
): Promise<string> {
  await mustAllow(ops, actor, 'extraction.start', { of: 'request', id: requestId })
  const granted = await grantOfDevice(ops, requestId)
  mustGrant(granted, ops.now())
  // In its turn: who withdraws agreement at the same moment comes before or after, and never between.
  return inTurn(ops, requestId, ['granted'], async () => {
    const grant = await grantOf(ops, requestId)
    const now = ops.now()
    const { digest, authorisation } = mustGrant(grant, now)
    mustBe(grant, authorisation.device, device, now)
    await unlessTaken(ops, requestId)
    const id = newId(ops.random)
    const source: HandSource = { kind: 'hand', method }
    try {
      await ops.store.db.transaction().execute(async (db) => {
        await db
          .insertInto('extractions')
          .values({
            id,
            request_id: requestId,
            state: 'looking',
            source: JSON.stringify(source),
            queued_by: actor.id,
            queued_at: now,
            started_at: now,
          })
          .execute()
        await ops.journal.record({
          kind: 'extraction.begun_by_hand',
          actor: actor.id,
          ...underGrant(grant),
          details: {
            extraction: id,
            device: grant.device.id,
            authorisation: digest,
            authorised_by: grant.decidedBy,
            method,
          },
        })
      })
    } catch (error) {
      if ((error as { constraint?: string }).constraint === 'extractions_going_on') throw goingOn()
      throw error
    }
    return id
  })
}

/** The device in hand is the one that was authorised: by its numbers where the authorisation names them, else by the exhibit on its label. */
function mustBe(
  grant: Grant,
  authorised: { readonly serial?: string; readonly imei?: string },
  { exhibit, ...numbers }: DeviceInHand,
  now: Date,
): void {
  if (authorised.serial === undefined && authorised.imei === undefined) {
    if (exhibit === undefined || plain(exhibit) !== plain(grant.device.exhibit)) throw anotherDevice()
    return
  }
  if (!checkGrant(grant, now, numbers).granted) throw anotherDevice()
}

function anotherDevice(): ActionError {
  return new ActionError(
    'NOT_VALID',
    'device',
    'this is not the device that the authorisation names',
    'look at nothing, and compare it with the exhibit',
  )
}

function plain(exhibit: string): string {
  return exhibit.replace(/\s+/g, '').toUpperCase()
}
