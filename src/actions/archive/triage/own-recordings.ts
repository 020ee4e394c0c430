import { idKey, mark, OWNER_SAYS, type OwnerSays } from '../../../recordings/index.ts'
import { ActionError, notFound } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import { newId } from '../../new-id.ts'
import type { Actor, Ops } from '../../ops.ts'
import { isId } from '../../subject.ts'
import { withArchiveKeys } from '../details.ts'
import { lockArchive } from '../lock-archive.ts'
import { CLOSED_STATES, mustBeOpen } from '../closed-archive.ts'

/** What somebody said of the recordings of their own phones. */
export interface OwnStatement {
  readonly says: OwnerSays
  readonly from: string | null
  readonly to: string | null
  readonly at: Date
}

/** An archive in which recordings of one's own may be: its title, and what one said. */
export interface OwnArchive {
  readonly id: string
  readonly title: string
  readonly statements: readonly OwnStatement[]
}

/** What owners can say here: `unclear` is for exports that cannot be read. */
export const STATED = OWNER_SAYS.filter((says) => says !== 'unclear')

/** What is said, in a closed word, of all days or of some. */
export interface NewStatement {
  readonly says: string
  /** `2019-03-01`, or '' */
  readonly from: string
  readonly to: string
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** `Date.parse` moves 31 April to 1 May. */
function isReal(day: string): boolean {
  const at = Date.parse(day)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day)
}

/** What is wrong with a statement, by field. */
export function statementFaults({ says, from, to }: NewStatement): { field: 'says' | 'from' | 'to'; says: string }[] {
  const isDay = (day: string) => day === '' || (DAY.test(day) && isReal(day))
  return [
    ...(isStated(says) ? [] : [{ field: 'says', says: 'Select what the recordings are' } as const]),
    ...(isDay(from) ? [] : [{ field: 'from', says: 'Enter a real day, or leave it empty' } as const]),
    ...(isDay(to) ? [] : [{ field: 'to', says: 'Enter a real day, or leave it empty' } as const]),
    ...(isDay(from) && isDay(to) && from !== '' && to !== '' && from > to
      ? [{ field: 'to', says: 'The last day must not be before the first' } as const]
      : []),
  ]
}

/** The archives that are open, with what this person said of their own recordings in each. Throws ActionError NOT_ALLOWED. */
export async function readOwnArchives(ops: Ops, actor: Actor): Promise<OwnArchive[]> {
  await askFirst(ops, actor, 'archive.state')
  const { db } = ops.store
  const [archives, statements] = await Promise.all([
    db
      .selectFrom('archives')
      .select(['id', 'title'])
      .where('state', 'not in', CLOSED_STATES)
      .orderBy('opened_at')
      .execute(),
    db.selectFrom('owner_statements').selectAll().where('person_id', '=', actor.id).orderBy('stated_at').execute(),
  ])
  return archives.map(({ id, title }) => ({
    id,
    title,
    statements: statements
      .filter((one) => one.archive_id === id)
      .map((one) => ({ says: one.says as OwnerSays, from: one.from_day, to: one.to_day, at: one.stated_at })),
  }))
}

/**
 * Records what somebody says of the recordings that were made on phones while they held them (law row E14: the owner attests). It ties recordings at the
 * next matching. Nothing is taken back: who errs says more. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID; NOT_NOW `CLOSED`.
 */
export async function stateOwn(ops: Ops, actor: Actor, archiveId: string, input: NewStatement): Promise<void> {
  await askFirst(ops, actor, 'archive.state')
  const { says, from, to } = input
  const [fault] = statementFaults(input)
  if (fault !== undefined || !isStated(says))
    throw new ActionError('NOT_VALID', fault?.field ?? 'says', fault?.says ?? 'there is no such answer')
  const id = newId(ops.random)
  await ops.store.db.transaction().execute(async (db) => {
    const there =
      isId(archiveId) && (await db.selectFrom('archives').select('id').where('id', '=', archiveId).executeTakeFirst())
    if (!there) throw notFound()
    mustBeOpen(await lockArchive(db, archiveId))
    await ops.journal.record({
      kind: 'archive.stated',
      actor: actor.id,
      details: { archive: archiveId, statement: id, as: says.replaceAll('_', '-') },
    })
    await db
      .insertInto('owner_statements')
      .values({
        id,
        archive_id: archiveId,
        person_id: actor.id,
        says,
        from_day: from === '' ? null : from,
        to_day: to === '' ? null : to,
        stated_at: ops.now(),
      })
      .execute()
  })
}

/** Whether somebody is recorded as having held a phone of an archive that is open: then they are asked. Nobody else learns of it. */
export async function isHolder(ops: Ops, { id }: Pick<Actor, 'id'>): Promise<boolean> {
  const archives = await ops.store.db
    .selectFrom('archives')
    .select(['id', 'generation'])
    .where('state', 'not in', CLOSED_STATES)
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('archive_holders').select('mark').whereRef('archive_id', '=', 'archives.id')),
    )
    .execute()
  for (const archive of archives) {
    const own = await withArchiveKeys(ops, archive, ({ marks }) => mark(marks, 'holder', idKey(id)))
    const row = await ops.store.db
      .selectFrom('archive_holders')
      .select('mark')
      .where('archive_id', '=', archive.id)
      .where('mark', '=', own)
      .executeTakeFirst()
    if (row !== undefined) return true
  }
  return false
}

function isStated(says: string): says is OwnerSays {
  return (STATED as readonly string[]).includes(says)
}
