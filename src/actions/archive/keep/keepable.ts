import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../../store/index.ts'

/** A recording that may be kept for a case, as its row has it. */
export interface Keepable {
  readonly id: string
  readonly sha256: string
  readonly bytes: number
  readonly phone: number | null
  readonly month: string | null
  readonly duration_ms: number | null
  readonly container: string | null
  readonly class: string
  readonly codes: readonly string[]
  readonly sealed: Buffer
}

/**
 * The recordings of an archive that may be kept for a case: tied to an operation or to possible evidence (classes A and B), or held by a decision; never what
 * is protected, never a copy by itself, and nothing that is being kept already. In the order of ids; with `ids`, those of them alone.
 */
export async function keepable(db: Kysely<Tables>, archiveId: string, ids?: readonly string[]): Promise<Keepable[]> {
  const taken = new Set(await beingKept(db, archiveId))
  return (await keepableAgain(db, archiveId, ids)).filter(({ id }) => !taken.has(id))
}

/** The same, with those that are being kept already: for whoever decides on that. */
export async function keepableAgain(
  db: Kysely<Tables>,
  archiveId: string,
  ids?: readonly string[],
): Promise<Keepable[]> {
  const { rows } = await sql<Keepable>`
    SELECT i.id, i.sha256, i.bytes, i.phone, i.month, i.duration_ms, i.container, i.class, i.codes, i.sealed
    FROM archive_items i JOIN archives a ON a.id = i.archive_id AND a.generation = i.generation
    WHERE i.archive_id = ${archiveId} AND i.state = 'held' AND i.sealed IS NOT NULL AND i.follows IS NULL
      AND (${ids === undefined}::boolean OR i.id = ANY(${ids === undefined ? [] : [...ids]}::text[]))
      AND (i.class IN ('A', 'B') OR (i.class IN ('D', 'E') AND
        (SELECT outcome FROM recording_decisions d WHERE d.archive_id = i.archive_id AND d.item_id = i.id ORDER BY decided_at DESC LIMIT 1) = 'hold'))
    ORDER BY i.id`.execute(db)
  return rows
}

/** The exact copies of recordings that the archive holds beside them: they go where their master goes. */
export async function copiesOf(
  db: Kysely<Tables>,
  archiveId: string,
  ids: readonly string[],
): Promise<{ id: string; sha256: string; bytes: number }[]> {
  return db
    .selectFrom('archive_items')
    .select(['id', 'sha256', 'bytes'])
    .where('archive_id', '=', archiveId)
    .where('state', '=', 'held')
    .where('sealed', 'is not', null)
    .where('follows', '=', ({ fn, val }) => fn.any(val([...ids])))
    .orderBy('id')
    .execute()
}

/** Ids of recordings of which it was proposed or approved that they are kept, and that are not in their extract yet. What came to nothing is free again. */
async function beingKept(db: Kysely<Tables>, archiveId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('recording_keeps')
    .select('item_ids')
    .where('archive_id', '=', archiveId)
    .where(({ eb, or, and }) =>
      or([
        eb('approved', 'is', null),
        and([eb('approved', '=', true), eb('done_at', 'is', null), eb('failure', 'is', null)]),
      ]),
    )
    .execute()
  return rows.flatMap(({ item_ids }) => item_ids)
}
