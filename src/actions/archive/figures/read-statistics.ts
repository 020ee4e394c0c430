import { type ArchiveStatistics, type Class, CLASSES, type ReasonCode } from '../../../recordings/index.ts'
import { askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'
import { type Milestone, milestonesOf } from '../history/read-milestones.ts'
import type { MatchCounts } from '../match-counts.ts'
import { type Place, placesOf } from '../places/read-places.ts'
import { type Sample, samplesOf } from '../sample/read-sample.ts'
import type { FigureByHand } from './give-figure.ts'
import { toldCounts, type ToldMonth, toldMonths } from './told-counts.ts'

/** What a regulator asks of an archive, as it stands now. Nothing of it tells of a person, and small counts of a breakdown are left out. */
export interface ArchiveAccount {
  readonly id: string
  readonly title: string
  readonly matchedAt?: Date
  /** as it was found, before anything went; absent where it was never matched */
  readonly found?: Omit<ArchiveStatistics, 'months' | 'reasons'> & { readonly months: readonly ToldMonth[] }
  /** of what is held now; a count that might be somebody is absent */
  readonly held: {
    readonly classes: readonly { readonly class: Class; readonly files?: number }[]
    readonly unmatched: number
    /** of the last matching */
    readonly reasons: readonly { readonly code: ReasonCode; readonly files?: number }[]
  }
  /** taken out for a case */
  readonly kept: number
  readonly destroyed: readonly {
    /** of the batch, and of its certificate */
    readonly id: string
    readonly items: number
    readonly bytes: number
    readonly hours: number
    readonly at: Date
    readonly isCertified: boolean
  }[]
  readonly byHand: Readonly<Partial<Record<FigureByHand, { value: number; source: string; by: string; at: Date }>>>
  readonly sample?: Sample
  readonly places: readonly Place[]
  /** without those that were struck out */
  readonly milestones: readonly Milestone[]
}

/** Reads it: the counts of the last matching, and what happened since (law row E17). Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readStatistics(ops: Ops, actor: Actor, archiveId: string): Promise<ArchiveAccount> {
  await askFirst(ops, actor, 'archive.see')
  const archive = await archiveRow(ops, archiveId)
  const { id } = archive
  const counts = (archive.counts ?? undefined) as MatchCounts | undefined
  const [now, destroyed, byHand, samples, places, milestones] = await Promise.all([
    standing(ops, id),
    destroyedOf(ops, id),
    figuresByHand(ops, id),
    samplesOf(ops, archive),
    placesOf(ops, id),
    milestonesOf(ops, id),
  ])
  const found = counts?.found ?? counts?.statistics
  const sample = samples.find(({ state }) => state !== 'void')
  return {
    id,
    title: archive.title,
    ...(archive.matched_at !== null && { matchedAt: archive.matched_at }),
    ...(found !== undefined && { found: { ...found, months: toldMonths(found.months) } }),
    kept: now.kept,
    held: {
      unmatched: now.unmatched,
      classes: toldCounts(now.classes).map(([one, files]) => ({ class: one, ...files })),
      reasons: toldCounts((counts?.codes ?? {}) as Record<ReasonCode, number>).map(([code, files]) => ({
        code,
        ...files,
      })),
    },
    destroyed,
    byHand,
    ...(sample !== undefined && { sample }),
    places,
    milestones: milestones.filter(({ takenBack }) => takenBack === undefined),
  }
}

/** What is there now, by the index alone: holds, releases and destructions change it between two matchings. */
async function standing({ store: { db } }: Ops, archive: string) {
  const rows = await db
    .selectFrom('archive_items')
    .select(['state', 'class', ({ fn }) => fn.countAll<number>().as('n')])
    .where('archive_id', '=', archive)
    .groupBy(['state', 'class'])
    .execute()
  const sum = (some: typeof rows) => some.reduce((all, { n }) => all + Number(n), 0)
  const held = rows.filter(({ state }) => state === 'held')
  const classes = CLASSES.map((one) => [one, sum(held.filter((row) => row.class === one))] as const)
  return {
    classes: Object.fromEntries(classes) as Record<Class, number>,
    unmatched: sum(held.filter((row) => row.class === null)),
    kept: sum(rows.filter(({ state }) => state === 'kept')),
  }
}

async function destroyedOf({ store: { db } }: Ops, archive: string): Promise<ArchiveAccount['destroyed']> {
  const rows = await db
    .selectFrom('batches')
    .select(['id', 'items', 'bytes', 'duration_ms', 'destroyed_at'])
    .select(({ eb }) => eb('certificate', 'is not', null).as('isCertified'))
    .where('archive_id', '=', archive)
    .where('destroyed_at', 'is not', null)
    .orderBy('destroyed_at')
    .execute()
  return rows.map(({ id, items, bytes, duration_ms, destroyed_at, isCertified }) => ({
    id,
    items,
    bytes,
    hours: Math.round(duration_ms / 36_000) / 100,
    at: destroyed_at as Date,
    isCertified: Boolean(isCertified),
  }))
}

/** What was given by hand last, of each figure (law row E17). Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readFiguresByHand(ops: Ops, actor: Actor, archiveId: string): Promise<ArchiveAccount['byHand']> {
  await askFirst(ops, actor, 'archive.see')
  return figuresByHand(ops, (await archiveRow(ops, archiveId)).id)
}

async function figuresByHand({ store: { db } }: Ops, archive: string): Promise<ArchiveAccount['byHand']> {
  const rows = await db
    .selectFrom('archive_figures')
    .innerJoin('people', 'people.id', 'archive_figures.person_id')
    .selectAll('archive_figures')
    .select('people.name')
    .where('archive_id', '=', archive)
    .where('superseded_at', 'is', null)
    .execute()
  return Object.fromEntries(
    rows.map(({ figure, value, source, name, at }) => [figure, { value, source, by: name, at }]),
  )
}
