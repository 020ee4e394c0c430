import { hash } from 'node:crypto'
import { sql } from 'kysely'
import { canonical } from '../../records/index.ts'
import { ActionError, mustBeValid } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { collectedPath } from './collected.ts'
import { makeArchiveKeys } from './details.ts'
import { CLOSED_STATES } from './closed-archive.ts'

/** An archive as somebody opens it. */
export interface NewArchive {
  /** in their words: no name and no number */
  readonly title: string
  /** one of the folders directly in the collected folder */
  readonly folder: string
}

const LONGEST_TITLE = 100
/** Two years are no telephone number. */
const TELEPHONE = /(?:\d[\s()+.-]*){9}/

/** What is wrong with it, by field. */
export function newArchiveFaults(
  ops: Pick<Ops, 'collectedFolder'>,
  { title, folder }: NewArchive,
): { field: keyof NewArchive; says: string }[] {
  return [
    ...(collectedPath(ops, folder) === undefined
      ? [{ field: 'folder', says: 'Select the folder in which it was collected' } as const]
      : []),
    ...(title.trim() === '' ? [{ field: 'title', says: 'Enter what the archive is to be called' } as const] : []),
    ...(title.trim().length > LONGEST_TITLE ? [{ field: 'title', says: 'Use 100 characters or fewer' } as const] : []),
    ...(TELEPHONE.test(title)
      ? [{ field: 'title', says: 'Leave out telephone numbers: everybody who sees archives reads the title' } as const]
      : []),
  ]
}

/**
 * Opens an archive of call recordings over a folder that was collected, and has it taken in (law row E14: everything is written down before anything is
 * decided). Gives its id. Throws ActionError NOT_ALLOWED, NOT_VALID; NOT_NOW `ALREADY_OPEN`.
 */
export async function openArchive(ops: Ops, actor: Actor, input: NewArchive): Promise<string> {
  await askFirst(ops, actor, 'archive.manage')
  mustBeValid(newArchiveFaults(ops, input))
  const id = newId(ops.random)
  const title = input.title.trim()
  await ops.store.db.transaction().execute(async (db) => {
    // One at a time, so that one folder is not opened twice.
    await sql`SELECT pg_advisory_xact_lock(hashtextextended('opening of archives', 0))`.execute(db)
    const before = await db
      .selectFrom('archives')
      .select('id')
      .where('collected_as', '=', input.folder)
      .where('state', 'not in', CLOSED_STATES)
      .executeTakeFirst()
    if (before !== undefined)
      throw new ActionError('NOT_NOW', 'ALREADY_OPEN', 'this folder is an archive already', 'go on with that one')
    await ops.journal.record({
      kind: 'archive.opened',
      actor: actor.id,
      details: { archive: id, title: hash('sha256', canonical({ title, folder: input.folder }), 'hex') },
    })
    await makeArchiveKeys(ops, id)
    const at = ops.now()
    await db
      .insertInto('archives')
      .values({ id, title, collected_as: input.folder, state: 'taking_in', opened_by: actor.id, opened_at: at })
      .execute()
    await db
      .insertInto('archive_places')
      .values({
        archive_id: id,
        kind: 'collected_folder',
        title: 'The folder in which it was collected',
        found: 'not_checked',
        person_id: actor.id,
        at,
      })
      .execute()
  })
  await ops.enqueue('take-in-archive', { archive: id })
  return id
}
