import { hash } from 'node:crypto'
import { imei as deviceImei } from '../../authorisation/index.ts'
import { DEVICE_KINDS, type DeviceKind } from '../../notice/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { isDuplicate } from '../case/duplicate.ts'
import { openOne } from '../case/open-one.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { markOf, momentOf, noteMovement, placeId, placeOf } from './custody.ts'
import { ADJUSTMENTS, type Provider, PROVIDERS, USER_IS, USER_ROLES, type UserIs, type UserRole } from './words.ts'

/** A device as it is handed over. User, owner and provider are three people until somebody says that they are one (law row B1). */
export interface NewDevice {
  readonly caseId: string
  readonly exhibit: string
  /** absent: a phone */
  readonly kind?: string
  readonly description: string
  readonly serial?: string
  readonly imei?: string
  readonly userName: string
  readonly userRole: string
  readonly userIs: string
  /** of an adult without capacity: who assessed it, and when (Mental Capacity Act 2005) */
  readonly capacityAssessment?: string
  /** names of others who ordinarily use it: each of them is a user */
  readonly otherUsers?: string
  /** absent: not known; of a user's own device, the user's name */
  readonly ownerName?: string
  readonly providedBy: string
  /** where somebody else than user or owner provided it */
  readonly providerName?: string
  readonly condition?: string
  readonly adjustments?: readonly string[]
  readonly adjustmentsNote?: string
  readonly place: string
  /** absent: now */
  readonly receivedAt?: Date
  readonly seal?: string
}

/**
 * Receives a device into a case, and starts its clock at the moment when it was handed over. Gives its id. Throws ActionError NOT_ALLOWED,
 * NOT_FOUND, NOT_NOW `CASE_CLOSED`, NOT_VALID with the member that does not do.
 */
export async function receiveDevice(ops: Ops, actor: Actor, input: NewDevice): Promise<string> {
  const { caseId } = input
  const about = await mustAllow(ops, actor, 'device.receive', { of: 'case', id: caseId })
  await openOne(ops, caseId)
  const device = checkedDevice(input)
  const happenedAt = momentOf(input.receivedAt, ops.now(), [])
  const place = placeOf(input.place)
  const taken = await ops.store.db
    .selectFrom('devices')
    .select('id')
    .where('case_id', '=', caseId)
    .where('exhibit', '=', device.exhibit)
    .executeTakeFirst()
  if (taken !== undefined) throw exhibitTaken()

  const id = newId(ops.random)
  await ops.journal.record({
    kind: 'device.received',
    actor: actor.id,
    case: about,
    details: {
      device: id,
      exhibit: device.exhibit,
      user_role: device.user_role,
      provided_by: device.provided_by,
      place: placeId(place),
      ...(device.condition !== null && { condition: hash('sha256', device.condition, 'hex') }),
    },
  })
  try {
    await ops.store.db.transaction().execute(async (db) => {
      await db
        .insertInto('devices')
        .values({ id, case_id: caseId, ...device, created_at: ops.now() })
        .execute()
      const received = { deviceId: id, kind: 'received' as const, happenedAt, personId: actor.id, place }
      await noteMovement(
        ops,
        { ...received, about: device.provided_by, seal: input.seal, condition: device.condition ?? undefined },
        db,
      )
    })
  } catch (error) {
    if (isDuplicate(error, 'devices_case_id_exhibit_key')) throw exhibitTaken()
    throw error
  }
  return id
}

function checkedDevice(input: NewDevice) {
  const exhibit = markOf(input.exhibit)
  if (exhibit === undefined)
    throw wrong('EXHIBIT', 'this is no exhibit mark', 'letters and digits, such as AB/1, and not a telephone number')
  const kind = input.kind ?? DEVICE_KINDS[0]
  if (!DEVICE_KINDS.includes(kind as DeviceKind)) throw wrong('KIND', 'what it is must be said')
  const imei = text(input.imei)
  if (imei !== null && deviceImei(imei) === undefined)
    throw wrong('IMEI', 'this is no IMEI', '15 digits, as *#06# shows them')
  if (!USER_ROLES.includes(input.userRole as UserRole))
    throw wrong('USER_ROLE', 'who the user is in the case must be said')
  if (!USER_IS.includes(input.userIs as UserIs))
    throw wrong('USER_IS', 'whether the user is an adult who can agree must be said')
  const capacity = text(input.capacityAssessment)
  if (input.userIs === 'adult-without-capacity' && capacity === null)
    throw wrong('CAPACITY', 'without an assessment an adult has capacity', 'Mental Capacity Act 2005 section 1')
  if (!PROVIDERS.includes(input.providedBy as Provider)) throw wrong('PROVIDED_BY', 'who handed it over must be said')
  const providerName = text(input.providerName)
  if ((input.providedBy === 'parent-or-guardian' || input.providedBy === 'other') && providerName === null)
    throw wrong('PROVIDER_NAME', 'who handed it over must be named')
  if (input.providedBy === 'owner' && text(input.ownerName) === null)
    throw wrong('OWNER_NAME', 'the owner must be named')
  const adjustments = ADJUSTMENTS.filter((word) => input.adjustments?.includes(word))
  if (adjustments.length !== new Set(input.adjustments).size) throw wrong('ADJUSTMENTS', 'there is no such adjustment')
  return {
    exhibit,
    device_kind: kind as DeviceKind,
    description: required(input.description, 'DESCRIPTION', 'what it looks like must be said'),
    serial: text(input.serial),
    imei,
    condition: text(input.condition),
    user_role: input.userRole as UserRole,
    user_name: required(input.userName, 'USER_NAME', 'who ordinarily uses it must be named'),
    user_is: input.userIs as UserIs,
    capacity_assessment: input.userIs === 'adult-without-capacity' ? capacity : null,
    other_users: text(input.otherUsers),
    owner_name: text(input.ownerName),
    provided_by: input.providedBy as Provider,
    provider_name: providerName,
    adjustments: adjustments.length === 0 ? null : adjustments.join(','),
    adjustments_note: text(input.adjustmentsNote),
  }
}

const LONGEST = 2000

function text(value: string | undefined): string | null {
  const plain = value?.trim() ?? ''
  if (plain.length > LONGEST) throw wrong('TOO_LONG', 'an answer is too long', `at most ${LONGEST} characters`)
  return plain === '' ? null : plain
}

function required(value: string, reason: string, says: string): string {
  const plain = text(value)
  if (plain === null) throw wrong(reason, says)
  return plain
}

function wrong(reason: string, message: string, hint = ''): ActionError {
  return new ActionError('NOT_VALID', reason, message, hint)
}

function exhibitTaken(): ActionError {
  return wrong('EXHIBIT_TAKEN', 'this case has an exhibit with this mark', 'choose the next one')
}
