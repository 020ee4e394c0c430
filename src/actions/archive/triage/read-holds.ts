import type { HeldThing } from '../../../recordings/index.ts'
import { askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { archiveOf } from '../read-archive.ts'

/** A hold as its list shows it: what exactly it is on may be a number or a person, and is told on the pages of the recordings that it is on. */
export interface ShownHold {
  readonly id: string
  readonly on: HeldThing
  readonly reasons: string
  /** on how many recordings it was when it was set */
  readonly recordings: number
  readonly setBy: string
  readonly setAt: Date
  /** absent while it is in force */
  readonly lifted?: { readonly by: string; readonly at: Date; readonly because: string }
}

/** The holds of an archive: those in force first, the newest first. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readArchiveHolds(
  ops: Ops,
  actor: Actor,
  archiveId: string,
): Promise<{ archive: { id: string; title: string }; holds: ShownHold[] }> {
  await askFirst(ops, actor, 'archive.see')
  const { id, title } = await archiveOf(ops, archiveId)
  return { archive: { id, title }, holds: await holdsOf(ops, id) }
}

/** The same without asking: for what has asked already. */
export async function holdsOf({ store: { db } }: Pick<Ops, 'store'>, archiveId: string): Promise<ShownHold[]> {
  const rows = await db
    .selectFrom('archive_holds as hold')
    .innerJoin('people as setter', 'setter.id', 'hold.set_by')
    .leftJoin('people as lifter', 'lifter.id', 'hold.lifted_by')
    .selectAll('hold')
    .select(['setter.name as set_name', 'lifter.name as lifted_name'])
    .where('archive_id', '=', archiveId)
    .orderBy('set_at', 'desc')
    .orderBy('hold.id')
    .execute()
  return rows
    .map(
      (row): ShownHold => ({
        id: row.id,
        on: row.thing,
        reasons: row.reason,
        recordings: row.recordings,
        setBy: row.set_name,
        setAt: row.set_at,
        ...(row.lifted_at !== null && {
          lifted: { by: row.lifted_name ?? '', at: row.lifted_at, because: row.lifted_because ?? '' },
        }),
      }),
    )
    .sort((a, b) => Number(a.lifted !== undefined) - Number(b.lifted !== undefined))
}
