import { KeyringError } from '../../keyring/index.ts'
import type { Compartment } from '../../review/index.ts'
import { VaultError } from '../../vault/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { unlessBeingSealed } from '../destruction/sealing.ts'
import { newId } from '../new-id.ts'
import { type Actor, type Ops, SERVICE_ACTOR } from '../ops.ts'
import { endOpening } from './close-extract.ts'
import { heldExtract, no, under } from './held-extract.ts'
import { liveOpening, type Opening } from './opening.ts'
import { readersOf } from './open-readers.ts'
import { OPENING_ACT, purposesFor, roleFor } from './purposes.ts'

const HOUR = 3_600_000
/** An opening ends after so many milliseconds, whatever is done in it. */
export const LONGEST_OPENING = 4 * HOUR
/** And after so many without a page. */
export const IDLE_OPENING = HOUR / 2

/**
 * Opens an extract for a purpose, or gives the opening that is live for it. Logged before the key is used (law rows C-LOG, C19, X7): no entry, no
 * key. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID `PURPOSE`, NOT_NOW as `heldExtract`, and `CANNOT_OPEN`.
 */
export async function openExtract(
  ops: Ops,
  actor: Actor,
  input: { extraction: string; purpose: string; compartment?: Compartment },
): Promise<Opening> {
  const { extraction, purpose: purposeId, compartment = 'main' } = input
  await mustAllow(ops, actor, OPENING_ACT[compartment], { of: 'extraction', id: extraction })
  const purpose = purposesFor(actor, compartment).find(({ id }) => id === purposeId)
  const role = purpose && roleFor(actor, purpose)
  if (purpose === undefined || role === undefined)
    throw new ActionError('NOT_VALID', 'PURPOSE', 'say for what you open it', 'choose one of the purposes')
  const held = await heldExtract(ops, extraction, purpose.id)
  const live = await liveOpening(ops, actor, extraction, compartment)
  if (live?.purpose === purpose.id) return live
  if (live !== undefined) await endOpening(ops, { ...live, held }, actor.id, 'person')

  const id = newId(ops.random)
  const now = ops.now()
  await ops.journal.record({
    kind: 'extract.opened',
    actor: actor.id,
    ...under(held),
    details: {
      extract: extraction,
      session: id,
      role: role.replaceAll('_', '-'),
      purpose: purpose.id,
      until: new Date(now.getTime() + LONGEST_OPENING).toISOString(),
      compartment,
    },
  })
  const opening: Opening = {
    id,
    extraction,
    personId: actor.id,
    compartment,
    purpose: purpose.id,
    openedAt: now,
    endsAt: new Date(now.getTime() + IDLE_OPENING),
  }
  try {
    await begin(ops, opening)
  } catch (error) {
    await endOpening(ops, { ...opening, held }, SERVICE_ACTOR, 'service')
    throw error
  }
  try {
    await readersOf(ops).use(extraction)
  } catch (cause) {
    await endOpening(ops, { ...opening, held }, actor.id, 'service')
    if (cause instanceof KeyringError || cause instanceof VaultError)
      throw new ActionError(
        'NOT_NOW',
        'CANNOT_OPEN',
        'this extract cannot be opened',
        'tell whoever runs the service',
        {
          cause,
        },
      )
    throw cause
  }
  return opening
}

/** Opens it in the database, unless it is being sealed anew at this moment. */
async function begin(ops: Ops, opening: Opening): Promise<void> {
  const { id, extraction, personId, purpose, compartment, openedAt, endsAt } = opening
  await ops.store.db.transaction().execute(async (db) => {
    await unlessBeingSealed(db, extraction)
    const live = await db
      .selectFrom('openings')
      .select('id')
      .where('extraction_id', '=', extraction)
      .where('closed_at', 'is', null)
      .where('ends_at', '>', openedAt)
      .executeTakeFirst()
    // What is still in memory of an opening that another process ended may be what stood here before it was sealed anew.
    if (live === undefined) await readersOf(ops).close(extraction)
    await db
      .insertInto('openings')
      .values({
        id,
        extraction_id: extraction,
        person_id: personId,
        purpose,
        compartment,
        opened_at: openedAt,
        ends_at: endsAt,
      })
      .execute()
  })
}

/** Nothing is open for whoever asks: it was never opened, or has ended. */
export function notOpen(): ActionError {
  return no('NOT_OPEN', 'the extract is not open', 'open it again and say for what')
}
