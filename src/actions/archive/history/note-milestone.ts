import { hash } from 'node:crypto'
import { canonical, localTime } from '../../../records/index.ts'
import { isDay } from '../../../retention/index.ts'
import { mustBeValid, notFound } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import { newId } from '../../new-id.ts'
import type { Actor, Ops } from '../../ops.ts'
import { isId } from '../../subject.ts'
import { archiveRow } from '../archive-row.ts'

/** What happened to an archive before and beside the service, and who was told: each regulator has a clock of its own (law row E17). */
export const MILESTONES = [
  'discovered',
  'access_removed',
  'evidence_secured',
  'ico_told',
  'ipco_told',
  'cps_told',
  'iopc_told',
  'people_told',
  'people_not_told',
  'policy_changed',
  'other',
] as const
export type MilestoneKind = (typeof MILESTONES)[number]

/** A day as it is written down. */
export interface MilestoneSaid {
  readonly kind: MilestoneKind
  /** YYYY-MM-DD */
  readonly day: string
  readonly says: string
}

/** Of these the kind alone says too little: what it was, or why not. */
const WANTS_WORDS: ReadonlySet<MilestoneKind> = new Set(['people_not_told', 'policy_changed', 'other'])
const LONGEST = 1000

/** What is wrong with it, by field. `today` by clocks in Britain, YYYY-MM-DD. */
export function milestoneFaults(
  { kind, day, says }: MilestoneSaid,
  today: string,
): { field: keyof MilestoneSaid; says: string }[] {
  return [
    ...(isDay(day) ? [] : [{ field: 'day', says: 'Enter the day' } as const]),
    ...(isDay(day) && day > today ? [{ field: 'day', says: 'The day must be today or in the past' } as const] : []),
    ...(WANTS_WORDS.has(kind) && says.trim() === ''
      ? [{ field: 'says', says: kind === 'people_not_told' ? 'Enter why not' : 'Enter what was done' } as const]
      : []),
    ...(says.length > LONGEST ? [{ field: 'says', says: 'Use 1,000 characters or fewer' } as const] : []),
  ]
}

/**
 * Writes down a day in the history of an archive (law row E17). Gives its id. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID.
 */
export async function noteMilestone(ops: Ops, actor: Actor, archiveId: string, said: MilestoneSaid): Promise<string> {
  const archive = await asked(ops, actor, archiveId)
  const now = ops.now()
  mustBeValid(milestoneFaults(said, britishDay(now)))
  const id = newId(ops.random)
  const says = said.says.trim()
  await ops.journal.record({
    kind: 'archive.milestone_noted',
    actor: actor.id,
    details: {
      archive,
      milestone: id,
      as: said.kind,
      day: said.day,
      says: hash('sha256', canonical({ says }), 'hex'),
    },
  })
  await ops.store.db
    .insertInto('archive_milestones')
    .values({ id, archive_id: archive, kind: said.kind, on_day: said.day, says, person_id: actor.id, at: now })
    .execute()
  return id
}

/** Strikes out a day that was written down wrongly: it stays to be read. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function takeBackMilestone(ops: Ops, actor: Actor, archiveId: string, milestone: string): Promise<void> {
  const archive = await asked(ops, actor, archiveId)
  if (!isId(milestone)) throw notFound()
  const { db } = ops.store
  const row = await db
    .selectFrom('archive_milestones')
    .select('id')
    .where('archive_id', '=', archive)
    .where('id', '=', milestone)
    .where('taken_back_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  await ops.journal.record({
    kind: 'archive.milestone_taken_back',
    actor: actor.id,
    details: { archive, milestone },
  })
  await db
    .updateTable('archive_milestones')
    .set({ taken_back_by: actor.id, taken_back_at: ops.now() })
    .where('id', '=', milestone)
    .where('taken_back_at', 'is', null)
    .execute()
}

async function asked(ops: Ops, actor: Actor, archiveId: string): Promise<string> {
  await askFirst(ops, actor, 'archive.note')
  return (await archiveRow(ops, archiveId)).id
}

/** The calendar day by clocks in Britain, YYYY-MM-DD. */
export function britishDay(at: Date): string {
  const { year, month, day } = localTime(at.getTime())
  return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-')
}
