import { hash } from 'node:crypto'
import { isId } from '../../events/index.ts'
import type { Selectable } from 'kysely'
import type { CustodyEventsTable, CustodyKind, DevicesTable, Store } from '../../store/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import type { Ops } from '../ops.ts'

/** A device and its custody record, as the database holds them. */
export interface DeviceInCustody {
  readonly device: Selectable<DevicesTable>
  /** in the order in which they happened */
  readonly events: readonly Selectable<CustodyEventsTable>[]
}

/** What is said of any movement of a device. */
export interface Movement {
  /** where it is from then on, as people call the place */
  readonly place: string
  /** absent: now */
  readonly happenedAt?: Date
  /** the number of the seal as it was found */
  readonly sealFound?: string
  /** the number of the seal that is on it since */
  readonly seal?: string
}

/** Reads a device with its custody record. Throws ActionError NOT_FOUND. */
export async function deviceInCustody({ db }: Store, deviceId: string): Promise<DeviceInCustody> {
  const device = await db.selectFrom('devices').selectAll().where('id', '=', deviceId).executeTakeFirst()
  // What was kept from an archive of recordings is nowhere in custody.
  if (device === undefined || device.from_archive !== null) throw notFound()
  const events = await db
    .selectFrom('custody_events')
    .selectAll()
    .where('device_id', '=', deviceId)
    .orderBy('happened_at')
    .orderBy('id')
    .execute()
  return { device, events }
}

/** Reads a device that the police hold. Throws ActionError NOT_FOUND, or NOT_NOW `RETURNED`. */
export async function heldDevice(store: Store, deviceId: string): Promise<DeviceInCustody> {
  const found = await deviceInCustody(store, deviceId)
  if (found.events.some(({ kind }) => kind === 'returned')) throw alreadyReturned()
  return found
}

/** What is told to whoever moves a device that is not there any more. */
function alreadyReturned(): ActionError {
  return new ActionError('NOT_NOW', 'RETURNED', 'this device was returned', 'receive it again where it comes back')
}

/**
 * When a movement happened: now, or the time that was given, which is neither to come nor before the last thing that happened to the device.
 * Throws ActionError NOT_VALID `WHEN`.
 */
export function momentOf(given: Date | undefined, now: Date, events: readonly { readonly happened_at: Date }[]): Date {
  const at = given ?? now
  const last = Math.max(...events.map(({ happened_at }) => happened_at.getTime()), -Infinity)
  if (Number.isNaN(at.getTime()) || at > now || at.getTime() < last)
    throw new ActionError(
      'NOT_VALID',
      'WHEN',
      'this time is to come, or before the last movement',
      'check date and time',
    )
  return at
}

/** Trims a place. Throws ActionError NOT_VALID `PLACE`. */
export function placeOf(text: string): string {
  const place = text.trim()
  if (place === '' || place.length > 200) throw new ActionError('NOT_VALID', 'PLACE', 'where it is must be said')
  return place
}

/** Names a place in the log: what people type may name somebody, so a digest of it stands there. */
export function placeId(place: string): string {
  return `place-${hash('sha256', place, 'hex').slice(0, 24)}`
}

/** A mark, of an exhibit or a phone that is lent, as the log takes it. Undefined where it is none. */
export function markOf(text: string): string | undefined {
  const mark = text.trim()
  return isId(mark) ? mark : undefined
}

/** Writes a movement into the custody record; after it was logged. */
export async function noteMovement(
  { store, now }: Ops,
  event: {
    readonly deviceId: string
    readonly kind: CustodyKind
    readonly happenedAt: Date
    readonly personId: string
    readonly place: string
    readonly about?: string
    readonly sealFound?: string
    readonly seal?: string
    readonly condition?: string
  },
  db: Store['db'] = store.db,
): Promise<void> {
  await db
    .insertInto('custody_events')
    .values({
      device_id: event.deviceId,
      kind: event.kind,
      happened_at: event.happenedAt,
      person_id: event.personId,
      place: event.place,
      about: event.about ?? null,
      seal_found: event.sealFound?.trim() || null,
      seal: event.seal?.trim() || null,
      condition: event.condition?.trim() || null,
      recorded_at: now(),
    })
    .execute()
}
