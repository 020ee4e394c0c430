import { mostWrongOf } from '../../../recordings/index.ts'
import { askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'

/** A sample of what is proposed for destruction, and how far the second look has come. */
export interface Sample {
  readonly id: string
  /** which matching it is of, counted from 1 */
  readonly matching: number
  /** `void`: the archive was matched again since, and it says nothing of what is proposed now */
  readonly state: 'open' | 'finished' | 'void'
  /** so many were proposed when it was drawn */
  readonly of: number
  readonly items: number
  readonly looked: number
  readonly wrong: number
  /** the place of the first that nobody has looked at */
  readonly next?: number
  /** of a finished one: the share of what is proposed that is wrong at most, 0 to 1, at 95 % confidence; of all there were: exactly the share */
  readonly atMost?: number
  readonly seed: string
  readonly drawnBy: string
  readonly drawnAt: Date
  readonly finishedAt?: Date
  /** who looked, and at how many */
  readonly lookers: readonly { readonly name: string; readonly looked: number }[]
}

/** Everything that was drawn from an archive. */
export interface SamplesOf {
  /** of the archive */
  readonly title: string
  readonly isMatched: boolean
  /** where none is drawn: so many are tied to nothing now */
  readonly proposed?: number
  readonly current?: Sample
  readonly before: readonly Sample[]
}

/** The sample of the last matching, and older ones, which are void (law row E14). Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readSamples(ops: Ops, actor: Actor, archiveId: string): Promise<SamplesOf> {
  await askFirst(ops, actor, 'archive.see')
  const archive = await archiveRow(ops, archiveId)
  const samples = await samplesOf(ops, archive)
  const [first] = samples
  const current = first !== undefined && first.state !== 'void' ? first : undefined
  return {
    title: archive.title,
    isMatched: archive.state === 'matched',
    ...(current === undefined ? { proposed: await countProposed(ops, archive.id) } : { current }),
    before: samples.filter((one) => one !== current),
  }
}

async function countProposed({ store: { db } }: Ops, archive: string): Promise<number> {
  const { n } = await db
    .selectFrom('archive_items')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('archive_id', '=', archive)
    .where('state', '=', 'held')
    .where('class', '=', 'E')
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** All of them without asking: for what has asked already. */
export async function samplesOf(
  { store: { db } }: Pick<Ops, 'store'>,
  { id, matching }: { readonly id: string; readonly matching: number },
): Promise<Sample[]> {
  const samples = await db
    .selectFrom('archive_samples')
    .innerJoin('people', 'people.id', 'archive_samples.drawn_by')
    .selectAll('archive_samples')
    .select('people.name')
    .where('archive_id', '=', id)
    .orderBy('matching', 'desc')
    .execute()
  if (samples.length === 0) return []
  const counts = await db
    .selectFrom('sampled_items')
    .leftJoin('people', 'people.id', 'sampled_items.looked_by')
    .select([
      'sample_id',
      'outcome',
      'people.name',
      ({ fn }) => fn.countAll<number>().as('n'),
      ({ fn }) => fn.min('at').as('first'),
    ])
    .where(
      'sample_id',
      'in',
      samples.map((one) => one.id),
    )
    .groupBy(['sample_id', 'outcome', 'people.id'])
    .execute()
  return samples.map((sample) => {
    const its = counts.filter(({ sample_id }) => sample_id === sample.id)
    const sum = (some: typeof its) => some.reduce((all, { n }) => all + Number(n), 0)
    const done = its.filter(({ outcome }) => outcome !== null)
    const [items, looked, wrong] = [sum(its), sum(done), sum(done.filter(({ outcome }) => outcome === 'wrong'))]
    const next = its.find(({ outcome }) => outcome === null)?.first
    const isFinished = sample.finished_at !== null
    const lookers = Map.groupBy(done, ({ name }) => name ?? '')
    return {
      id: sample.id,
      matching: sample.matching,
      state: sample.matching !== matching ? 'void' : isFinished ? 'finished' : 'open',
      of: sample.of,
      items,
      looked,
      wrong,
      ...(next !== undefined && { next }),
      ...(isFinished && { atMost: mostWrongOf({ wrong, looked: items, of: sample.of }) }),
      seed: sample.seed,
      drawnBy: sample.name,
      drawnAt: sample.drawn_at,
      ...(sample.finished_at !== null && { finishedAt: sample.finished_at }),
      lookers: [...lookers].map(([name, rows]) => ({ name, looked: sum(rows) })).sort((a, b) => b.looked - a.looked),
    } as const
  })
}
