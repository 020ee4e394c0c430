import { mostWrongOf } from '../../../recordings/index.ts'
import type { Store } from '../../../store/index.ts'

/** What a second look at a sample found. */
export interface SampleResult {
  readonly id: string
  readonly looked: number
  /** of how many that were proposed */
  readonly of: number
  readonly wrong: number
  /** the share that may be wrong of all that are proposed, at 95 % confidence, 0 to 1; exactly the share where all were looked at */
  readonly atMost: number
  /** names of who looked */
  readonly lookedBy: readonly string[]
}

/** The sample of a matching that was looked at to its end; undefined where there is none. */
export async function finishedSample(
  db: Store['db'],
  archiveId: string,
  matching: number,
): Promise<SampleResult | undefined> {
  const sample = await db
    .selectFrom('archive_samples')
    .select('id')
    .where('archive_id', '=', archiveId)
    .where('matching', '=', matching)
    .where('finished_at', 'is not', null)
    .executeTakeFirst()
  return sample === undefined ? undefined : sampleResult(db, sample.id)
}

/** What a sample that was looked at to its end found. */
export async function sampleResult(db: Store['db'], id: string): Promise<SampleResult | undefined> {
  const { of } = await db.selectFrom('archive_samples').select('of').where('id', '=', id).executeTakeFirstOrThrow()
  const rows = await db
    .selectFrom('sampled_items')
    .leftJoin('people', 'people.id', 'sampled_items.looked_by')
    .select(['outcome', 'people.name'])
    .where('sample_id', '=', id)
    .execute()
  const looked = rows.length
  if (looked === 0 || rows.some(({ outcome }) => outcome === null)) return undefined
  const wrong = rows.filter(({ outcome }) => outcome === 'wrong').length
  const names = rows.flatMap(({ name }) => (name === null ? [] : [name]))
  return { id, looked, of, wrong, atMost: mostWrongOf({ wrong, looked, of }), lookedBy: [...new Set(names)].sort() }
}

/** Whether any sample of an archive has found something wrong: more people then decide (law row E14). */
export async function foundWrong(db: Store['db'], archiveId: string): Promise<boolean> {
  const row = await db
    .selectFrom('sampled_items')
    .innerJoin('archive_samples', 'archive_samples.id', 'sampled_items.sample_id')
    .select('item_id')
    .where('archive_id', '=', archiveId)
    .where('outcome', '=', 'wrong')
    .executeTakeFirst()
  return row !== undefined
}
