import { hash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { canonical } from '../../../records/index.ts'
import { type ArchiveHold, HELD_THINGS, type HeldThing, Telephones } from '../../../recordings/index.ts'
import type { Tables } from '../../../store/index.ts'
import { ActionError, notFound } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import { newId } from '../../new-id.ts'
import type { Actor, Ops } from '../../ops.ts'
import { type ArchiveKeys, withArchiveKeys } from '../details.ts'
import { lockArchive } from '../lock-archive.ts'
import { archiveOf } from '../read-archive.ts'
import { markHeld } from './mark-held.ts'
import { type Touched, touchedBy } from './touched-by.ts'
import { mustBeOpen } from '../closed-archive.ts'

/** A hold as somebody sets it. */
export interface NewHold {
  readonly on: string
  /** what it is on: the phone as it is counted in the archive, else as the registers write it; the id of a recording; nothing of the archive */
  readonly target: string
  /** in words; no name and no number */
  readonly reasons: string
}

/** Characters of a reason at most. */
export const LONGEST_REASON = 2000

/** What is wrong with reasons in words, as they are typed: they stand in the database in plain. */
export function reasonsFaults(reasons: string, missing: string): string[] {
  if (reasons.trim() === '') return [missing]
  if (reasons.length > LONGEST_REASON) return ['Use 2,000 characters or fewer']
  return /\d{7}/.test(reasons.replaceAll(/[\s()+.-]/g, '')) ? ['Leave out telephone numbers'] : []
}

const ASKED: Readonly<Record<Exclude<HeldThing, 'archive'>, string>> = {
  device: 'Enter which phone, as it is counted in this archive',
  holder: 'Enter who held the phone, by the number the registers know them by',
  number: 'Enter the telephone number',
  case: 'Enter the reference of the case',
  item: 'Enter which recording',
}

/** What is wrong with a hold, by field. */
export function holdFaults({ on, target, reasons }: NewHold): { field: 'on' | 'target' | 'reasons'; says: string }[] {
  return [
    ...(isThing(on) ? targetFaults(on, target.trim()) : [{ field: 'on', says: 'Select what the hold is on' } as const]),
    ...reasonsFaults(reasons, 'Enter why it must be held').map((says) => ({ field: 'reasons', says }) as const),
  ]
}

function targetFaults(on: HeldThing, target: string): { field: 'target'; says: string }[] {
  if (on === 'archive') return []
  if (target === '') return [{ field: 'target', says: ASKED[on] }]
  if (target.length > 100) return [{ field: 'target', says: 'Use 100 characters or fewer' }]
  if (on === 'number' && new Telephones().of(target).is !== 'number')
    return [{ field: 'target', says: 'Enter a telephone number, with its area or country code' }]
  if (on === 'device' && !/^\d{1,6}$/.test(target))
    return [{ field: 'target', says: 'Enter the number of the phone in figures, for example 12 for phone 12' }]
  return []
}

/**
 * Sets a hold on recordings (law rows D9, E14): from now on nothing that it is on is destroyed, whoever has approved what; it is of class B at once, and
 * matching finds it from then on. Gives its id, and on how many recordings it is now. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID; NOT_NOW `CLOSED`.
 */
export async function setArchiveHold(
  ops: Ops,
  actor: Actor,
  archiveId: string,
  input: NewHold,
): Promise<{ id: string; recordings: number }> {
  await askFirst(ops, actor, 'archive.hold')
  const archive = await archiveOf(ops, archiveId)
  mustBeOpen(archive)
  const { on } = input
  const [fault] = holdFaults(input)
  if (fault !== undefined || !isThing(on)) throw new ActionError('NOT_VALID', fault?.field ?? 'on', fault?.says ?? '')
  return withArchiveKeys(ops, archive, async (keys) => {
    const target = await targetOf(ops, keys, on, input.target.trim())
    return placeHold(ops, actor, keys, { on, ...(target !== undefined && { target }) }, input.reasons.trim())
  })
}

/** The same without asking: for what has asked already, such as a decision that one recording stays. `first` is done in the same transaction, before. */
export async function placeHold(
  ops: Ops,
  actor: Actor,
  keys: ArchiveKeys,
  thing: Pick<ArchiveHold, 'on' | 'target'>,
  reasons: string,
  first?: (db: Kysely<Tables>) => Promise<void>,
): Promise<{ id: string; recordings: number }> {
  const { archiveId } = keys
  const id = newId(ops.random)
  const touched = await touchedBy(ops, keys, { ...thing, id, line: 0 })
  const recordings = await sizeOf(ops, archiveId, touched)
  await ops.store.db.transaction().execute(async (db) => {
    const { state, generation } = await lockArchive(db, archiveId)
    mustBeOpen({ state })
    if (generation !== keys.generation)
      throw new ActionError('NOT_NOW', 'SEALED_ANEW', 'recordings of it were destroyed just now', 'send it again')
    await first?.(db)
    await ops.journal.record({
      kind: 'archive.hold_set',
      actor: actor.id,
      details: {
        archive: archiveId,
        hold: id,
        on: thing.on,
        recordings,
        reasons: hash('sha256', canonical({ reasons }), 'hex'),
      },
    })
    await db
      .insertInto('archive_holds')
      .values({
        id,
        archive_id: archiveId,
        thing: thing.on,
        generation: keys.generation,
        target: thing.target === undefined ? null : keys.sealText(`hold ${id}`, thing.target),
        reason: reasons,
        recordings,
        set_by: actor.id,
        set_at: ops.now(),
      })
      .execute()
    await markHeld(db, archiveId, touched, ops.now())
  })
  return { id, recordings }
}

async function sizeOf({ store: { db } }: Ops, archiveId: string, { held }: Touched): Promise<number> {
  if (held !== 'all') return held.length
  const { n } = await db
    .selectFrom('archive_items')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('archive_id', '=', archiveId)
    .where('state', '=', 'held')
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** What matching compares: of a phone that is counted its id, of a number its international form. */
async function targetOf(ops: Ops, keys: ArchiveKeys, on: HeldThing, given: string): Promise<string | undefined> {
  if (on === 'archive') return undefined
  if (on === 'number') {
    const found = new Telephones().of(given)
    return found.is === 'number' ? found.number : given
  }
  if (on !== 'device' && on !== 'item') return given
  const row = await ops.store.db
    .selectFrom('archive_items')
    .select(['id', 'sealed'])
    .where('archive_id', '=', keys.archiveId)
    .where('state', '=', 'held')
    .where(on === 'item' ? 'id' : 'phone', '=', on === 'item' ? given : Number(given))
    .where('sealed', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  if (row?.sealed === undefined || row.sealed === null) {
    if (on === 'item') throw notFound()
    throw new ActionError('NOT_VALID', 'target', 'There is no such phone in this archive')
  }
  return on === 'item' ? row.id : keys.openDetails(row.id, row.sealed).device
}

function isThing(on: string): on is HeldThing {
  return (HELD_THINGS as readonly string[]).includes(on)
}
