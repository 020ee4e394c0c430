import { sql } from 'kysely'
import type { Store } from '../../store/index.ts'

/** How much of one extract was needed: counts of records, each once (DPA 2018 s.37, law row C5). */
export interface Measure {
  /** shown at review to anybody, at least once */
  readonly seen: number
  readonly relevant: number
  readonly notRelevant: number
  /** set apart as taken in excess */
  readonly excess: number
}

const TAGS = { relevant: 'relevant', not_relevant: 'notRelevant', excess: 'excess' } as const

/** Measures an extract as it is, with what was destroyed of it since. */
export async function measureOf(db: Store['db'], extraction: string): Promise<Measure> {
  const [now, gone] = await Promise.all([
    measureNow(db, extraction),
    db.selectFrom('measures_gone').selectAll().where('extraction_id', '=', extraction).executeTakeFirst(),
  ])
  return {
    seen: now.seen + (gone?.seen ?? 0),
    relevant: now.relevant + (gone?.relevant ?? 0),
    notRelevant: now.notRelevant + (gone?.not_relevant ?? 0),
    excess: now.excess + (gone?.excess ?? 0),
  }
}

/** Measures all extracts of phones that were asked for since a time, with what was destroyed of them. */
export async function measureSince(db: Store['db'], since: Date): Promise<Measure> {
  const { rows } = await sql<{ [name in keyof Measure]: number | string }>`
    WITH asked AS MATERIALIZED (SELECT id FROM extractions WHERE state = 'sealed' AND queued_at >= ${since}
        AND source->>'kind' IS DISTINCT FROM 'recordings'),
      tagged AS (SELECT tag, count(*) AS n FROM tags WHERE extraction_id IN (SELECT id FROM asked) GROUP BY tag),
      gone AS (SELECT sum(seen) AS seen, sum(relevant) AS relevant, sum(not_relevant) AS not_relevant, sum(excess) AS excess
        FROM measures_gone WHERE extraction_id IN (SELECT id FROM asked))
    SELECT coalesce(gone.seen, 0) + (SELECT count(*) FROM seen_records WHERE extraction_id IN (SELECT id FROM asked)) AS seen,
      coalesce(gone.relevant, 0) + coalesce((SELECT n FROM tagged WHERE tag = 'relevant'), 0) AS relevant,
      coalesce(gone.not_relevant, 0) + coalesce((SELECT n FROM tagged WHERE tag = 'not_relevant'), 0) AS "notRelevant",
      coalesce(gone.excess, 0) + coalesce((SELECT n FROM tagged WHERE tag = 'excess'), 0) AS excess
    FROM gone`.execute(db)
  const { seen = 0, relevant = 0, notRelevant = 0, excess = 0 } = rows[0] ?? {}
  return { seen: Number(seen), relevant: Number(relevant), notRelevant: Number(notRelevant), excess: Number(excess) }
}

/**
 * Measures what is about to be destroyed, `records` of an extract or all of it, and keeps the numbers alone; which records were seen is forgotten. To be
 * called in the transaction that removes their tags, before it does.
 */
export async function keepMeasure(db: Store['db'], extraction: string, records?: readonly string[]): Promise<void> {
  const { seen, relevant, notRelevant, excess } = await measureNow(db, extraction, records)
  await db
    .insertInto('measures_gone')
    .values({ extraction_id: extraction, seen, relevant, not_relevant: notRelevant, excess })
    .onConflict((conflict) =>
      conflict.column('extraction_id').doUpdateSet(({ eb, ref }) => ({
        seen: eb(ref('measures_gone.seen'), '+', seen),
        relevant: eb(ref('measures_gone.relevant'), '+', relevant),
        not_relevant: eb(ref('measures_gone.not_relevant'), '+', notRelevant),
        excess: eb(ref('measures_gone.excess'), '+', excess),
      })),
    )
    .execute()
  let seenRows = db.deleteFrom('seen_records').where('extraction_id', '=', extraction)
  if (records !== undefined) seenRows = seenRows.where('record_id', '=', ({ fn, val }) => fn.any(val([...records])))
  await seenRows.execute()
}

async function measureNow(db: Store['db'], extraction: string, records?: readonly string[]): Promise<Measure> {
  let seen = db.selectFrom('seen_records').where('extraction_id', '=', extraction)
  let tags = db
    .selectFrom('tags')
    .where('extraction_id', '=', extraction)
    .where('tag', 'in', ['relevant', 'not_relevant', 'excess'])
  if (records !== undefined) {
    const ids = [...records]
    seen = seen.where('record_id', '=', ({ fn, val }) => fn.any(val(ids)))
    tags = tags.where('record_id', '=', ({ fn, val }) => fn.any(val(ids)))
  }
  const found = await seen.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  const counts = await tags
    .select(['tag', ({ fn }) => fn.countAll<number>().as('n')])
    .groupBy('tag')
    .execute()
  const of = Object.fromEntries(counts.map(({ tag, n }) => [TAGS[tag as keyof typeof TAGS], Number(n)]))
  return { relevant: 0, notRelevant: 0, excess: 0, ...of, seen: Number(found.n) }
}
