import { askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'
import type { MilestoneKind } from './note-milestone.ts'

/** A day in the history of an archive. */
export interface Milestone {
  readonly id: string
  readonly kind: MilestoneKind
  /** YYYY-MM-DD */
  readonly day: string
  readonly says: string
  readonly by: string
  readonly at: Date
  /** who struck it out, and when */
  readonly takenBack?: { readonly by: string; readonly at: Date }
}

/**
 * The history of an archive as people wrote it down, the earliest day first, with the archive's title (law row E17). Throws ActionError NOT_ALLOWED,
 * NOT_FOUND.
 */
export async function readMilestones(
  ops: Ops,
  actor: Actor,
  archiveId: string,
): Promise<{ title: string; milestones: Milestone[] }> {
  await askFirst(ops, actor, 'archive.see')
  const { id, title } = await archiveRow(ops, archiveId)
  return { title, milestones: await milestonesOf(ops, id) }
}

/** The same without asking: for what has asked already. */
export async function milestonesOf({ store }: Pick<Ops, 'store'>, archive: string): Promise<Milestone[]> {
  const rows = await store.db
    .selectFrom('archive_milestones')
    .innerJoin('people', 'people.id', 'archive_milestones.person_id')
    .leftJoin('people as taker', 'taker.id', 'archive_milestones.taken_back_by')
    .selectAll('archive_milestones')
    .select(['people.name', 'taker.name as taker'])
    .where('archive_id', '=', archive)
    .orderBy('on_day')
    .orderBy('at')
    .execute()
  return rows.map(({ id, kind, on_day, says, name, at, taker, taken_back_at }) => ({
    id,
    kind: kind as MilestoneKind,
    day: on_day,
    says,
    by: name,
    at,
    ...(taken_back_at !== null && { takenBack: { by: taker ?? '', at: taken_back_at } }),
  }))
}
