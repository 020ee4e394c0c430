import { hash } from 'node:crypto'
import { canonical } from '../../../records/index.ts'
import { ActionError, mustBeValid, notFound } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import { newId } from '../../new-id.ts'
import type { Actor, Ops } from '../../ops.ts'
import { isId } from '../../subject.ts'
import { archiveRow } from '../archive-row.ts'

/** Where copies of recordings may be: a recorder sent them to clouds by itself, and phones and folders are backed up. */
export const PLACE_KINDS = ['phone', 'cloud', 'backup', 'other'] as const
export type PlaceKind = (typeof PLACE_KINDS)[number]

/** What was found there. */
export const PLACE_FINDINGS = ['not_checked', 'gone', 'nothing_there', 'still_there', 'not_reached'] as const
export type PlaceFinding = (typeof PLACE_FINDINGS)[number]

/** What is said of a place. */
export interface PlaceSaid {
  readonly kind: PlaceKind
  readonly title: string
  readonly found: PlaceFinding
  /** how it is known, in words without a name or a number */
  readonly evidence: string
}

const LONGEST_TITLE = 100
const LONGEST = 1000

/** What is wrong with what is said of a place, by field. */
export function placeFaults({ title, found, evidence }: Omit<PlaceSaid, 'kind'>): {
  field: keyof PlaceSaid
  says: string
}[] {
  return [
    ...(title.trim() === '' ? [{ field: 'title', says: 'Enter what the place is' } as const] : []),
    ...(title.trim().length > LONGEST_TITLE
      ? [{ field: 'title', says: `Use ${LONGEST_TITLE} characters or fewer` } as const]
      : []),
    ...(found !== 'not_checked' && evidence.trim() === ''
      ? [{ field: 'evidence', says: 'Enter how that is known' } as const]
      : []),
    ...(evidence.length > LONGEST ? [{ field: 'evidence', says: 'Use 1,000 characters or fewer' } as const] : []),
  ]
}

/**
 * Names a place where copies of an archive's recordings are or may be, and says what was found there (law row E14). Gives its id. Throws ActionError
 * NOT_ALLOWED, NOT_FOUND, NOT_VALID.
 */
export async function namePlace(ops: Ops, actor: Actor, archiveId: string, said: PlaceSaid): Promise<string> {
  const archive = await asked(ops, actor, archiveId)
  mustBeValid(placeFaults(said))
  const title = said.title.trim()
  const same = await ops.store.db
    .selectFrom('archive_places')
    .select('id')
    .where('archive_id', '=', archive)
    .where('kind', '=', said.kind)
    .where('title', '=', title)
    .where('superseded_at', 'is', null)
    .executeTakeFirst()
  if (same) throw new ActionError('NOT_VALID', 'title', 'This place is in the list already')
  return write(ops, actor, archive, { ...said, title })
}

/**
 * Says what is found now at a place that is known. What was said before stays and is no longer what counts. Gives the id under which it is known from now
 * on. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID, NOT_NOW `CHANGED_MEANWHILE`.
 */
export async function checkPlace(
  ops: Ops,
  actor: Actor,
  archiveId: string,
  placeId: string,
  said: Pick<PlaceSaid, 'found' | 'evidence'>,
): Promise<string> {
  const archive = await asked(ops, actor, archiveId)
  if (!isId(placeId)) throw notFound()
  const place = await ops.store.db
    .selectFrom('archive_places')
    .selectAll()
    .where('archive_id', '=', archive)
    .where('id', '=', placeId)
    .executeTakeFirst()
  if (place === undefined) throw notFound()
  if (place.superseded_at !== null) throw changedMeanwhile()
  mustBeValid(placeFaults({ title: place.title, ...said }))
  return write(ops, actor, archive, { kind: place.kind, title: place.title, ...said }, placeId)
}

async function asked(ops: Ops, actor: Actor, archiveId: string): Promise<string> {
  await askFirst(ops, actor, 'archive.note')
  return (await archiveRow(ops, archiveId)).id
}

async function write(
  ops: Ops,
  actor: Actor,
  archive: string,
  { kind, title, found, evidence }: Omit<PlaceSaid, 'kind'> & { readonly kind: PlaceKind | 'collected_folder' },
  before?: string,
): Promise<string> {
  const id = newId(ops.random)
  const at = ops.now()
  await ops.store.db.transaction().execute(async (db) => {
    if (before !== undefined) {
      const { numUpdatedRows } = await db
        .updateTable('archive_places')
        .set({ superseded_at: at })
        .where('id', '=', before)
        .where('superseded_at', 'is', null)
        .executeTakeFirst()
      // Somebody else said it at the same moment.
      if (numUpdatedRows !== 1n) throw changedMeanwhile()
    }
    await ops.journal.record({
      kind: 'archive.place_checked',
      actor: actor.id,
      details: {
        archive,
        place: id,
        as: kind,
        found,
        evidence: hash('sha256', canonical({ title, evidence: evidence.trim() }), 'hex'),
      },
    })
    await db
      .insertInto('archive_places')
      .values({ id, archive_id: archive, kind, title, found, evidence: evidence.trim(), person_id: actor.id, at })
      .execute()
  })
  return id
}

function changedMeanwhile(): ActionError {
  return new ActionError(
    'NOT_NOW',
    'CHANGED_MEANWHILE',
    'somebody else has said meanwhile what is found there',
    'look at the list of places again',
  )
}
