import type { Selectable } from 'kysely'
import type { Tables } from '../../../store/index.ts'
import { ActionError, notFound } from '../../action-error.ts'
import type { Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'

/** One recording of the sample that counts, by its place in it. */
export interface Sampled {
  readonly archive: Selectable<Tables['archives']>
  readonly sample: { readonly id: string; readonly items: number }
  readonly item: Pick<
    Selectable<Tables['sampled_items']>,
    'item_id' | 'at' | 'outcome' | 'says' | 'looked_by' | 'looked_at'
  >
}

/**
 * Finds a recording of the sample of the last matching; `at` counts from 1. Ask the policy first. Throws ActionError NOT_FOUND; NOT_NOW `VOID` where the
 * archive was matched again since.
 */
export async function sampledAt(ops: Pick<Ops, 'store'>, archiveId: string, at: number): Promise<Sampled> {
  const archive = await archiveRow(ops, archiveId)
  const { db } = ops.store
  const sample = await db
    .selectFrom('archive_samples')
    .select(['id', 'matching'])
    .where('archive_id', '=', archive.id)
    .orderBy('matching', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (sample === undefined || !Number.isSafeInteger(at)) throw notFound()
  if (sample.matching !== archive.matching || archive.state !== 'matched')
    throw new ActionError(
      'NOT_NOW',
      'VOID',
      'the archive was matched again, or is being matched, and this sample says nothing of what is proposed now',
      'draw another sample when it is matched',
    )
  const [item, { n }] = await Promise.all([
    db
      .selectFrom('sampled_items')
      .selectAll()
      .where('sample_id', '=', sample.id)
      .where('at', '=', at)
      .executeTakeFirst(),
    db
      .selectFrom('sampled_items')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('sample_id', '=', sample.id)
      .executeTakeFirstOrThrow(),
  ])
  if (item === undefined) throw notFound()
  return { archive, sample: { id: sample.id, items: Number(n) }, item }
}

/** The place of the first recording that nobody has looked at, from `after` on and then from the beginning; undefined where there is none. */
export async function nextSampled(
  { store: { db } }: Pick<Ops, 'store'>,
  sampleId: string,
  after = 0,
): Promise<number | undefined> {
  const left = db
    .selectFrom('sampled_items')
    .select('at')
    .where('sample_id', '=', sampleId)
    .where('outcome', 'is', null)
    .orderBy('at')
    .limit(1)
  const next = (await left.where('at', '>', after).executeTakeFirst()) ?? (await left.executeTakeFirst())
  return next?.at
}
