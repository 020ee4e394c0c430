import { sql } from 'kysely'
import { notFound } from '../../action-error.ts'
import { allow, noteRefusal } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { isClosed } from '../closed-archive.ts'
import { archiveOf } from '../read-archive.ts'

/** Where a keep stands. */
export type KeepState = 'proposed' | 'refused' | 'being_kept' | 'kept' | 'failed'

/** Recordings that are, or were to be, kept for a case. Nothing in it tells of a call. */
export interface Keep {
  readonly id: string
  readonly archiveId: string
  readonly archiveTitle: string
  readonly caseId: string
  readonly caseReference: string
  readonly offence: string
  readonly state: KeepState
  readonly recordings: number
  readonly bytes: number
  /** of those whose length is known, in milliseconds */
  readonly lasting: number
  /** numbers of the phones within the archive */
  readonly phones: readonly number[]
  /** the first and the last month in which any was */
  readonly months: readonly string[]
  /** how many by each code of what ties them */
  readonly codes: Readonly<Record<string, number>>
  readonly set: string
  readonly relevance: string
  readonly necessity: string
  readonly proposedBy: { readonly id: string; readonly name: string }
  readonly proposedAt: Date
  readonly decidedBy: string | undefined
  readonly decidedAt: Date | undefined
  readonly refusedBecause: string | undefined
  readonly requestId: string | undefined
  readonly extractionId: string | undefined
  readonly doneAt: Date | undefined
  readonly failure: string | undefined
}

/** One keep, for whoever may see the archive or decide on it. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readKeep(ops: Ops, actor: Actor, archiveId: string, keepId: string): Promise<Keep> {
  await maySee(ops, actor)
  const [keep] = await keeps(ops, sql`k.id::text = ${keepId} AND k.archive_id::text = ${archiveId}`)
  if (keep === undefined) throw notFound()
  return keep
}

/** Every keep of an archive, the newest first. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readKeeps(
  ops: Ops,
  actor: Actor,
  archiveId: string,
): Promise<{ readonly title: string; readonly isOver: boolean; readonly keeps: readonly Keep[] }> {
  await maySee(ops, actor)
  const { id, title, state } = await archiveOf(ops, archiveId)
  return { title, isOver: isClosed({ state }), keeps: await keeps(ops, sql`k.archive_id = ${id}`) }
}

/** Keeps that wait for a decision that this person may make, the oldest first. A second factor is asked for later. */
export async function waitingKeeps(ops: Ops, actor: Actor): Promise<Keep[]> {
  const waiting = await keeps(ops, sql`k.approved IS NULL`)
  const theirs: Keep[] = []
  for (const keep of waiting.reverse()) {
    const decided = await allow(ops, actor, 'recording.allow_keep', { of: 'keep', id: keep.id }, { stepUp: true })
    if (decided.allowed) theirs.push(keep)
  }
  return theirs
}

/** Those who see archives, and those who decide what is kept of them: they are asked about numbers and reasons, never about a call. */
async function maySee(ops: Ops, actor: Actor): Promise<void> {
  const seen = await allow(ops, actor, 'archive.see')
  if (seen.allowed || actor.roles.includes('authorising_officer')) return
  throw await noteRefusal(ops, actor, 'archive.see', seen)
}

interface Row {
  readonly id: string
  readonly archive_id: string
  readonly title: string
  readonly case_id: string
  readonly reference: string
  readonly offence: string
  readonly recordings: number
  readonly bytes: string
  readonly lasting: string
  readonly phones: number[] | null
  readonly months: string[] | null
  readonly codes: Record<string, number> | null
  readonly set_digest: string
  readonly relevance: string
  readonly necessity: string
  readonly proposed_by: string
  readonly proposer: string
  readonly proposed_at: Date
  readonly approved: boolean | null
  readonly decider: string | null
  readonly decided_at: Date | null
  readonly refused_because: string | null
  readonly request_id: string | null
  readonly extraction_id: string | null
  readonly done_at: Date | null
  readonly failure: string | null
}

async function keeps({ store: { db } }: Ops, which: ReturnType<typeof sql>): Promise<Keep[]> {
  const { rows } = await sql<Row>`
    SELECT k.*, a.title, c.reference, c.offence, cardinality(k.item_ids) AS recordings, p.name AS proposer, d.name AS decider,
      i.lasting, i.phones, i.months, t.codes
    FROM recording_keeps k JOIN archives a ON a.id = k.archive_id JOIN cases c ON c.id = k.case_id
      JOIN people p ON p.id = k.proposed_by LEFT JOIN people d ON d.id = k.decided_by
      LEFT JOIN LATERAL (SELECT coalesce(sum(duration_ms), 0) AS lasting, array_agg(DISTINCT phone) FILTER (WHERE phone IS NOT NULL) AS phones,
          array_agg(DISTINCT month) FILTER (WHERE month IS NOT NULL) AS months
        FROM archive_items WHERE archive_id = k.archive_id AND id = ANY(k.item_ids)) i ON true
      LEFT JOIN LATERAL (SELECT json_object_agg(code, n) AS codes FROM (SELECT code, count(*)::int AS n
        FROM archive_items, unnest(codes) code WHERE archive_id = k.archive_id AND id = ANY(k.item_ids) GROUP BY code) counted) t ON true
    WHERE ${which} ORDER BY k.proposed_at DESC, k.id`.execute(db)
  return rows.map(keepFrom)
}

function keepFrom(row: Row): Keep {
  return {
    id: row.id,
    archiveId: row.archive_id,
    archiveTitle: row.title,
    caseId: row.case_id,
    caseReference: row.reference,
    offence: row.offence,
    state: stateOf(row),
    recordings: row.recordings,
    bytes: Number(row.bytes),
    lasting: Number(row.lasting),
    phones: row.phones ?? [],
    months: row.months ?? [],
    codes: row.codes ?? {},
    set: row.set_digest,
    relevance: row.relevance,
    necessity: row.necessity,
    proposedBy: { id: row.proposed_by, name: row.proposer },
    proposedAt: row.proposed_at,
    decidedBy: row.decider ?? undefined,
    decidedAt: row.decided_at ?? undefined,
    refusedBecause: row.refused_because ?? undefined,
    requestId: row.request_id ?? undefined,
    extractionId: row.extraction_id ?? undefined,
    doneAt: row.done_at ?? undefined,
    failure: row.failure ?? undefined,
  }
}

function stateOf({ approved, done_at, failure }: Row): KeepState {
  if (approved === null) return 'proposed'
  if (!approved) return 'refused'
  if (done_at !== null) return 'kept'
  return failure === null ? 'being_kept' : 'failed'
}
