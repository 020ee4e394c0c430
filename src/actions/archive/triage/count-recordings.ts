import { sql } from 'kysely'
import { type Class, CLASSES, type ReasonCode } from '../../../recordings/index.ts'
import { askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'

/** How many recordings of an archive there are, as they stand now. */
export interface RecordingCounts {
  readonly all: number
  readonly unmatched: number
  readonly classes: Readonly<Record<Class, number>>
  /** by each reason that they have: one may have several */
  readonly codes: Readonly<Partial<Record<ReasonCode, number>>>
  readonly waiting: number
  readonly overdue: number
}

/** Counts what is held of an archive, by class and by rule (law row E14). Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function countRecordings(ops: Ops, actor: Actor, archiveId: string): Promise<RecordingCounts> {
  await askFirst(ops, actor, 'archive.see')
  const { id } = await archiveRow(ops, archiveId)
  const { db } = ops.store
  const [rows, deadlines] = await Promise.all([
    // Few rows have codes that no other has: counted together first, from an index alone.
    db
      .selectFrom('archive_items')
      .select(['class', 'codes', ({ fn }) => fn.countAll<number>().as('n')])
      .where('archive_id', '=', id)
      .where('state', '=', 'held')
      .groupBy(['class', 'codes'])
      .execute(),
    db
      .selectFrom('archive_items')
      .select(({ fn }) => fn.countAll<number>().as('waiting'))
      .select(sql<number>`count(*) FILTER (WHERE deadline < ${ops.now()})`.as('overdue'))
      .where('archive_id', '=', id)
      .where('state', '=', 'held')
      .where('deadline', 'is not', null)
      .executeTakeFirstOrThrow(),
  ])
  const classes = Object.fromEntries(CLASSES.map((one) => [one, 0])) as Record<Class, number>
  const codes: Partial<Record<ReasonCode, number>> = {}
  const sums = { all: 0, unmatched: 0 }
  for (const row of rows) {
    const n = Number(row.n)
    sums.all += n
    if (row.class === null) sums.unmatched += n
    else classes[row.class] += n
    for (const code of row.codes as ReasonCode[]) codes[code] = (codes[code] ?? 0) + n
  }
  return { ...sums, classes, codes, waiting: Number(deadlines.waiting), overdue: Number(deadlines.overdue) }
}

/** The months in which an archive's recordings were made, and how many phones are counted in it: what a list can be asked for. */
export async function readChoices(
  { store: { db } }: Pick<Ops, 'store'>,
  archive: string,
): Promise<{ readonly months: readonly string[]; readonly phones: number }> {
  // From one month to the next by the index: there are few, and recordings are many.
  const months = await sql<{ month: string }>`
    WITH RECURSIVE months AS (
      (SELECT month FROM archive_items WHERE archive_id = ${archive} AND month IS NOT NULL ORDER BY month LIMIT 1)
      UNION ALL
      SELECT (SELECT month FROM archive_items WHERE archive_id = ${archive} AND month > months.month ORDER BY month LIMIT 1)
      FROM months WHERE months.month IS NOT NULL
    ) SELECT month FROM months WHERE month IS NOT NULL`.execute(db)
  const phones = await db
    .selectFrom('archive_items')
    .select('phone')
    .where('archive_id', '=', archive)
    .where('phone', 'is not', null)
    .orderBy('phone', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { months: months.rows.map(({ month }) => month), phones: phones?.phone ?? 0 }
}
