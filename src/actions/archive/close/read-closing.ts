import type { Kysely } from 'kysely'
import { couldEver } from '../../../access/index.ts'
import type { Tables } from '../../../store/index.ts'
import { allow, askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { isId } from '../../subject.ts'
import { type Archive, archiveOf } from '../read-archive.ts'
import { type StandsAgainst, standsAgainst } from './stands-against.ts'
import { isClosed } from '../closed-archive.ts'

/** That an archive is closed, as one person proposed it and another decided. */
export interface ArchiveClosing {
  readonly id: string
  readonly proposedBy: { readonly id: string; readonly name: string }
  readonly proposedAt: Date
  readonly decidedBy?: string
  readonly decidedAt?: Date
}

/** Where an archive stands on the way to its end. */
export interface ReadClosing {
  readonly archive: Archive
  readonly against: readonly StandsAgainst[]
  /** places where copies were found, or nobody has looked or could */
  readonly copies: number
  /** what is proposed or was approved */
  readonly closing?: ArchiveClosing
  readonly proposes: boolean
  readonly decides: boolean
}

/** Reads it. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readClosing(ops: Ops, actor: Actor, archiveId: string): Promise<ReadClosing> {
  await askFirst(ops, actor, 'archive.see')
  const archive = await archiveOf(ops, archiveId)
  const { db } = ops.store
  const isOver = isClosed(archive)
  const [against, closing, { copies }] = await Promise.all([
    isOver ? [] : standsAgainst(db, archive.id),
    closings(db, archive.id).executeTakeFirst(),
    db
      .selectFrom('archive_places')
      .select(({ fn }) => fn.countAll<number>().as('copies'))
      .where('archive_id', '=', archive.id)
      .where('superseded_at', 'is', null)
      .where('found', 'in', ['still_there', 'not_checked', 'not_reached'])
      .executeTakeFirstOrThrow(),
  ])
  const proposedBy = closing?.proposed_by ?? ''
  const decides =
    closing?.approved === null &&
    (await allow(ops, actor, 'archive.close', undefined, { proposedBy, stepUp: true })).allowed
  return {
    archive,
    against,
    copies: Number(copies),
    ...(closing && { closing: closingFrom(closing) }),
    proposes: closing === undefined && !isOver && against.length === 0 && couldEver(actor, 'archive.propose_closing'),
    decides,
  }
}

/** What waits for somebody's decision; undefined where nothing does. For whoever asks the policy with it. */
export async function openClosing(db: Kysely<Tables>, archiveId: string): Promise<ArchiveClosing | undefined> {
  if (!isId(archiveId)) return undefined
  const row = await closings(db, archiveId).where('approved', 'is', null).executeTakeFirst()
  return row && closingFrom(row)
}

/** Closings that wait for somebody else than who proposed them. */
export async function closingsWaiting(
  { store: { db } }: Ops,
  actor: Actor,
): Promise<{ readonly closing: ArchiveClosing; readonly archiveId: string; readonly archiveTitle: string }[]> {
  if (!couldEver(actor, 'archive.close')) return []
  const rows = await closings(db)
    .innerJoin('archives', 'archives.id', 'archive_closings.archive_id')
    .select('archives.title')
    .where('approved', 'is', null)
    .where('proposed_by', '<>', actor.id)
    .orderBy('proposed_at')
    .execute()
  return rows.map((row) => ({ closing: closingFrom(row), archiveId: row.archive_id, archiveTitle: row.title }))
}

/** What is proposed or was approved, of one archive or of all. */
function closings(db: Kysely<Tables>, archiveId?: string) {
  const all = db
    .selectFrom('archive_closings')
    .innerJoin('people as proposer', 'proposer.id', 'archive_closings.proposed_by')
    .leftJoin('people as decider', 'decider.id', 'archive_closings.decided_by')
    .selectAll('archive_closings')
    .select(['proposer.name as proposer_name', 'decider.name as decider_name'])
    .where('approved', 'is distinct from', false)
  return archiveId === undefined ? all : all.where('archive_id', '=', archiveId)
}

function closingFrom(row: Awaited<ReturnType<ReturnType<typeof closings>['executeTakeFirstOrThrow']>>): ArchiveClosing {
  return {
    id: row.id,
    proposedBy: { id: row.proposed_by, name: row.proposer_name },
    proposedAt: row.proposed_at,
    ...(row.decided_at !== null && { decidedAt: row.decided_at, decidedBy: row.decider_name ?? '' }),
  }
}
