import { couldEver } from '../../../access/index.ts'
import { allow } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'

/** What a second look waits for, in one archive. */
export interface SampleWaiting {
  readonly archive: string
  readonly title: string
  /** `draw`: none was drawn of the last matching; `look`: recordings are left; `match`: some were wrong, and registers lack something */
  readonly waits: 'draw' | 'look' | 'match'
  /** recordings that are left, or wrong; of what is to be drawn not counted */
  readonly recordings?: number
  readonly since: Date
}

/** What a second look waits for of this person, over all archives (law row E14). Whoever may do nothing of it is told nothing. */
export async function samplesWaiting(ops: Ops, actor: Actor): Promise<SampleWaiting[]> {
  const { allowed: manages } = await allow(ops, actor, 'archive.manage')
  const looks = couldEver(actor, 'recording.check')
  if (!manages && !looks) return []
  const { db } = ops.store
  const rows = await db
    .selectFrom('archives')
    .leftJoin('archive_samples', (join) =>
      join
        .onRef('archive_samples.archive_id', '=', 'archives.id')
        .onRef('archive_samples.matching', '=', 'archives.matching'),
    )
    .select(['archives.id', 'title', 'matched_at', 'archive_samples.id as sample', 'drawn_at', 'finished_at'])
    .where('archives.state', '=', 'matched')
    .execute()
  const found: SampleWaiting[] = []
  for (const { id, title, matched_at, sample, drawn_at, finished_at } of rows) {
    const waits = sample === null ? 'draw' : finished_at === null ? 'look' : 'match'
    if (waits === 'look' ? !looks : !manages) continue
    const since = { draw: matched_at, look: drawn_at, match: finished_at }[waits] ?? ops.now()
    if (sample === null) {
      if (await isAnyProposed(ops, id)) found.push({ archive: id, title, waits, since })
      continue
    }
    const recordings = await countOf(ops, sample, waits === 'look')
    if (recordings > 0) found.push({ archive: id, title, waits, recordings, since })
  }
  return found
}

/** One is enough: the start page is opened often, and there may be hundreds of thousands. */
async function isAnyProposed({ store: { db } }: Ops, archive: string): Promise<boolean> {
  const row = await db
    .selectFrom('archive_items')
    .select('id')
    .where('archive_id', '=', archive)
    .where('state', '=', 'held')
    .where('class', '=', 'E')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

async function countOf({ store: { db } }: Ops, sample: string, left: boolean): Promise<number> {
  const { n } = await db
    .selectFrom('sampled_items')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('sample_id', '=', sample)
    .where('outcome', left ? 'is' : '=', left ? null : 'wrong')
    .executeTakeFirstOrThrow()
  return Number(n)
}
