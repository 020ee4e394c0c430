import { type Kysely, sql } from 'kysely'
import { couldEver } from '../../../access/index.ts'
import type { Tables } from '../../../store/index.ts'
import { askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'
import { isClosed } from '../closed-archive.ts'
import { changedIn } from './decide-batch.ts'
import { type BatchRow, batchRow } from './frozen-batch.ts'
import { type SampleResult, sampleResult } from './sample-result.ts'
import type { Stopped } from './stop-batch.ts'

/** A batch in a list. */
export interface ReadBatch {
  readonly id: string
  readonly archive: string
  readonly title: string
  readonly state: BatchRow['state']
  readonly items: number
  readonly bytes: number
  readonly durationMs: number
  readonly proposedBy: string
  readonly proposedByName: string
  readonly proposedAt: Date
  readonly approvals: number
  readonly needed: number
  /** ids of those who have decided already */
  readonly decidedBy: readonly string[]
  /** whether the archive was matched again since it was proposed: nobody approves it any more */
  readonly stale: boolean
  readonly destroyedAt?: Date
}

/** One batch with everything that whoever decides has before them: figures, and nothing of a person in the recordings. */
export interface BatchInFull extends ReadBatch {
  readonly root: string
  readonly reasons: string
  readonly classes: readonly Counted[]
  readonly rules: readonly Counted[]
  readonly months: readonly Counted[]
  readonly phones: number
  /** of unknown length; with what is likely another copy of the same call */
  readonly lengthUnknown: number
  readonly withLikelyCopies: number
  /** not as they were when it was frozen: tied, held or kept by now */
  readonly changed: number
  readonly sample?: SampleResult
  readonly places: readonly { readonly kind: string; readonly title: string; readonly found: string }[]
  readonly decisions: readonly {
    readonly name: string
    readonly says: 'approve' | 'refuse'
    readonly reason: string
    readonly at: Date
  }[]
  readonly stopped?: Stopped
  readonly failure?: string
  /** of a certificate: that there is one */
  readonly isCertified: boolean
}

interface Counted {
  readonly name: string
  readonly count: number
}

/** The batches of an archive, the newest first. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readBatches(
  ops: Ops,
  actor: Actor,
  archiveId: string,
): Promise<{ title: string; isOver: boolean; batches: ReadBatch[] }> {
  await askFirst(ops, actor, 'archive.see')
  const { id, title, state } = await archiveRow(ops, archiveId)
  return { title, isOver: isClosed({ state }), batches: await batches(ops.store.db, { archive: id }) }
}

/** Batches that wait for this person to decide, the oldest first. None for whoever could decide on none. */
export async function batchesToDecide(ops: Ops, actor: Actor): Promise<ReadBatch[]> {
  if (!couldEver(actor, 'batch.approve')) return []
  const proposed = await batches(ops.store.db, { proposed: true })
  return proposed
    .filter(({ proposedBy, decidedBy }) => proposedBy !== actor.id && !decidedBy.includes(actor.id))
    .reverse()
}

/** One of them. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readBatch(ops: Ops, actor: Actor, batchId: string): Promise<BatchInFull> {
  await askFirst(ops, actor, 'archive.see')
  const row = await batchRow(ops, batchId)
  const { db } = ops.store
  const [[common], decisions, places, classes, rules, months, about, sample, changed] = await Promise.all([
    batches(db, { batch: row.id }),
    db
      .selectFrom('batch_decisions')
      .innerJoin('people', 'people.id', 'batch_decisions.person_id')
      .select(['name', 'says', 'reason', 'at'])
      .where('batch_id', '=', row.id)
      .orderBy('at')
      .execute(),
    db
      .selectFrom('archive_places')
      .select(['kind', 'title', 'found'])
      .where('archive_id', '=', row.archive_id)
      .where('superseded_at', 'is', null)
      .orderBy('kind')
      .orderBy('title')
      .execute(),
    countedBy(db, row, sql`b.class`),
    countedBy(db, row, sql`b.rule`),
    countedBy(db, row, sql`coalesce(i.month, '')`),
    aboutItems(db, row),
    row.sample_id === null ? undefined : sampleResult(db, row.sample_id),
    row.state === 'proposed' ? changedIn(db, row) : 0,
  ])
  return {
    ...(common as ReadBatch),
    root: row.root,
    reasons: row.reasons,
    classes,
    rules,
    months,
    ...about,
    changed,
    ...(sample !== undefined && { sample }),
    places,
    decisions,
    ...(row.stopped !== null && { stopped: row.stopped as unknown as Stopped }),
    ...(row.failure !== null && { failure: row.failure }),
    isCertified: row.state === 'destroyed' && row.certificate !== null,
  }
}

async function batches(
  db: Kysely<Tables>,
  { archive, batch, proposed }: { archive?: string; batch?: string; proposed?: boolean },
): Promise<ReadBatch[]> {
  let query = db
    .selectFrom('batches')
    .innerJoin('archives', 'archives.id', 'batches.archive_id')
    .innerJoin('people', 'people.id', 'batches.proposed_by')
    .selectAll('batches')
    .select(['archives.title', 'archives.matching as matching_now', 'archives.state as archive_state', 'people.name'])
    .select(({ selectFrom }) =>
      selectFrom('batch_decisions')
        .select(sql<string[]>`coalesce(array_agg(person_id), '{}')`.as('people'))
        .whereRef('batch_id', '=', 'batches.id')
        .as('decided_by'),
    )
    .orderBy('proposed_at', 'desc')
    .orderBy('batches.id')
  if (archive !== undefined) query = query.where('batches.archive_id', '=', archive)
  if (batch !== undefined) query = query.where('batches.id', '=', batch)
  if (proposed === true) query = query.where('batches.state', '=', 'proposed')
  return (await query.execute()).map((row) => ({
    id: row.id,
    archive: row.archive_id,
    title: row.title,
    state: row.state,
    items: row.items,
    bytes: row.bytes,
    durationMs: row.duration_ms,
    proposedBy: row.proposed_by,
    proposedByName: row.name,
    proposedAt: row.proposed_at,
    approvals: row.state === 'refused' ? 0 : (row.decided_by ?? []).length,
    needed: row.approvals,
    decidedBy: row.decided_by ?? [],
    stale: row.state === 'proposed' && (row.matching !== row.matching_now || row.archive_state !== 'matched'),
    ...(row.destroyed_at !== null && { destroyedAt: row.destroyed_at }),
  }))
}

async function countedBy(db: Kysely<Tables>, row: BatchRow, by: ReturnType<typeof sql>): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    SELECT ${by} AS name, count(*)::int AS count FROM batch_items b
    JOIN archive_items i ON i.archive_id = ${row.archive_id} AND i.id = b.item_id
    WHERE b.batch_id = ${row.id} GROUP BY 1 ORDER BY 1`.execute(db)
  return rows
}

async function aboutItems(
  db: Kysely<Tables>,
  row: BatchRow,
): Promise<Pick<BatchInFull, 'phones' | 'lengthUnknown' | 'withLikelyCopies'>> {
  const { rows } = await sql<Pick<BatchInFull, 'phones' | 'lengthUnknown' | 'withLikelyCopies'>>`
    SELECT count(DISTINCT i.phone)::int AS phones, count(*) FILTER (WHERE i.duration_ms IS NULL)::int AS "lengthUnknown",
      count(*) FILTER (WHERE i.likely_copies > 0)::int AS "withLikelyCopies"
    FROM batch_items b JOIN archive_items i ON i.archive_id = ${row.archive_id} AND i.id = b.item_id
    WHERE b.batch_id = ${row.id}`.execute(db)
  return rows[0] ?? { phones: 0, lengthUnknown: 0, withLikelyCopies: 0 }
}
