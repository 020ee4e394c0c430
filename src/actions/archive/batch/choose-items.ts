import { type Kysely, sql } from 'kysely'
import type { Freezable } from '../../../recordings/index.ts'
import type { Tables } from '../../../store/index.ts'

/** Which recordings of class E are proposed; without either, all. */
export interface BatchFilter {
  /** phones, as they are counted in the archive */
  readonly phones?: readonly number[]
  /** YYYY-MM */
  readonly months?: readonly string[]
}

/** What a batch is made of: everything that may be frozen, and which of it is chosen. */
export interface Chosen {
  readonly matches: readonly Freezable[]
  readonly ids: readonly string[]
  /** length of what is chosen with its copies, as far as it is known */
  readonly durationMs: number
}

interface Row {
  readonly id: string
  readonly sha256: string
  readonly bytes: number
  readonly class: 'E' | 'F'
  readonly follows: string | null
  readonly phone: number | null
  readonly month: string | null
  readonly duration_ms: number | null
  readonly released: string | null
  readonly taken: boolean
}

/**
 * Chooses what of an archive a batch takes: recordings of class E with all their exact copies, where every one of them is held and in no other batch, and
 * nobody has proposed to keep it. Each is as the last matching found it.
 */
export async function chooseItems(
  db: Kysely<Tables>,
  { id, matching }: { readonly id: string; readonly matching: number },
  { phones, months }: BatchFilter,
): Promise<Chosen> {
  const rows = await candidates(db, id, matching)
  const groups = Map.groupBy(rows, (row) => row.follows ?? row.id)
  const chosen = [...groups].flatMap(([master, group]) => {
    const first = group.find((row) => row.id === master)
    if (first?.class !== 'E' || group.some(({ taken }) => taken)) return []
    if (phones !== undefined && (first.phone === null || !phones.includes(first.phone))) return []
    if (months !== undefined && (first.month === null || !months.includes(first.month))) return []
    return [{ master, group }]
  })
  const all = chosen.flatMap(({ group }) => group)
  return {
    matches: all.map((row) => ({
      item: { id: row.id, sha256: row.sha256, bytes: row.bytes },
      class: row.class,
      ...(row.follows !== null && { follows: { id: row.follows, class: 'E' as const } }),
      ...(row.released !== null && { released: row.released }),
    })),
    ids: chosen.map(({ master }) => master),
    durationMs: all.reduce((sum, { duration_ms: length }) => sum + (length ?? 0), 0),
  }
}

/** How much there is to choose from: recordings of class E, and exact copies of those, that nothing has taken. For a page: a proposal asks each. */
export async function countFree(
  db: Kysely<Tables>,
  { id, matching }: { readonly id: string; readonly matching: number },
): Promise<{ free: number; copies: number }> {
  const { rows } = await sql<{ free: number; copies: number }>`
    SELECT count(*) FILTER (WHERE i.class = 'E')::int AS free, count(*) FILTER (WHERE i.class = 'F' AND m.class = 'E')::int AS copies
    FROM archive_items i LEFT JOIN archive_items m ON m.archive_id = i.archive_id AND m.id = i.follows
    LEFT JOIN (${inBatches(id, matching)}) b ON b.item_id = i.id
    LEFT JOIN (${inKeeps(id)}) k ON k.item_id = i.id
    WHERE i.archive_id = ${id} AND i.state = 'held' AND i.class IN ('E', 'F') AND b.item_id IS NULL AND k.item_id IS NULL`.execute(
    db,
  )
  return rows[0] ?? { free: 0, copies: 0 }
}

/** What is in a batch that may still be destroyed. */
function inBatches(id: string, matching: number) {
  return sql`SELECT DISTINCT item_id FROM batch_items JOIN batches ON batches.id = batch_id
      WHERE batches.archive_id = ${id} AND (state IN ('approved', 'destroying') OR (state = 'proposed' AND matching = ${matching}))`
}

/** What somebody has proposed to keep, and nobody has refused to. */
function inKeeps(id: string) {
  return sql`SELECT DISTINCT unnest(item_ids) AS item_id FROM recording_keeps
      WHERE archive_id = ${id} AND approved IS DISTINCT FROM false`
}

async function candidates(db: Kysely<Tables>, id: string, matching: number): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    SELECT i.id, i.sha256, i.bytes, i.class, i.follows, i.phone, i.month, i.duration_ms, r.id AS released,
      (i.state <> 'held' OR i.sealed IS NULL OR b.item_id IS NOT NULL OR k.item_id IS NOT NULL) AS taken
    FROM archive_items i
    LEFT JOIN (${inBatches(id, matching)}) b ON b.item_id = i.id
    LEFT JOIN (${inKeeps(id)}) k ON k.item_id = i.id
    LEFT JOIN LATERAL (SELECT d.id FROM recording_decisions d
      WHERE 'released' = ANY (i.codes) AND d.archive_id = i.archive_id AND d.outcome = 'release'
        AND (d.item_id = i.id OR d.item_id IN (SELECT f.id FROM archive_items f WHERE f.archive_id = i.archive_id AND f.follows = i.id))
      ORDER BY d.decided_at DESC, d.id LIMIT 1) r ON true
    WHERE i.archive_id = ${id} AND i.class IN ('E', 'F') AND i.state <> 'destroyed'`.execute(db)
  return rows
}
