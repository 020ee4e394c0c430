import { hash } from 'node:crypto'
import { canonical } from '../../../records/index.ts'
import { ActionError, mustBeValid } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import { inside } from '../../inside.ts'
import type { Actor, Ops } from '../../ops.ts'
import { lockArchive } from '../lock-archive.ts'
import { reasonsFaults, setArchiveHold } from '../triage/set-hold.ts'
import { nextSampled, sampledAt } from './sampled.ts'

/** What somebody says of a recording that they have looked at again. */
export interface Judgement {
  readonly outcome: 'right' | 'wrong'
  /** of a wrong one: what it is tied to after all, without a name or a number */
  readonly says: string
}

const LONGEST = 500

/** What is wrong with a judgement, by field. */
export function judgementFaults({ outcome, says }: Judgement): { field: 'says'; says: string }[] {
  return [
    ...(outcome === 'wrong'
      ? reasonsFaults(says, 'Enter what it is tied to, and how you know').map(
          (fault) => ({ field: 'says', says: fault }) as const,
        )
      : []),
    ...(says.length > LONGEST ? [{ field: 'says', says: 'Use 500 characters or fewer' } as const] : []),
  ]
}

/**
 * Says whether it is right that nothing ties a recording of the sample (law row E14). One that is tied after all is held at once. When all have been looked
 * at, the sample is finished. Gives the place of the next to be looked at; undefined where there is none. Throws ActionError NOT_ALLOWED, NOT_FOUND,
 * NOT_VALID; NOT_NOW `VOID`, `LOOKED_AT`.
 */
export async function judgeSampled(
  ops: Ops,
  actor: Actor,
  archiveId: string,
  place: number,
  judgement: Judgement,
): Promise<number | undefined> {
  await askFirst(ops, actor, 'recording.check')
  const { archive, sample, item } = await sampledAt(ops, archiveId, place)
  mustBeValid(judgementFaults(judgement))
  const { outcome } = judgement
  const says = outcome === 'wrong' ? judgement.says.trim() : undefined
  if (item.outcome !== null) throw lookedAt()
  // Held before anything is said of it: whatever happens between, it is not destroyed.
  if (says !== undefined)
    await setArchiveHold(ops, actor, archive.id, {
      on: 'item',
      target: item.item_id,
      reasons: `Found wrong in the sample. ${says}`,
    })
  await ops.store.db.transaction().execute(async (db) => {
    // One at a time, and not while the archive is matched: so that the last of all is known to be the last.
    const { matching } = await lockArchive(db, archive.id)
    if (matching !== archive.matching) await sampledAt(inside(ops, db), archiveId, place)
    const { numUpdatedRows } = await db
      .updateTable('sampled_items')
      .set({ outcome, says: says ?? null, looked_by: actor.id, looked_at: ops.now() })
      .where('sample_id', '=', sample.id)
      .where('item_id', '=', item.item_id)
      .where('outcome', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows !== 1n) throw lookedAt()
    await ops.journal.record({
      kind: 'sample.judged',
      actor: actor.id,
      details: {
        archive: archive.id,
        sample: sample.id,
        recording: item.item_id,
        outcome,
        ...(says !== undefined && { reasons: hash('sha256', canonical({ says }), 'hex') }),
      },
    })
    const counts = await db
      .selectFrom('sampled_items')
      .select(({ fn }) => [
        fn.countAll<number>().as('all'),
        fn.count<number>('outcome').as('looked'),
        fn.countAll<number>().filterWhere('outcome', '=', 'wrong').as('wrong'),
      ])
      .where('sample_id', '=', sample.id)
      .executeTakeFirstOrThrow()
    const [all, looked, wrong] = [Number(counts.all), Number(counts.looked), Number(counts.wrong)]
    if (looked < all) return
    await ops.journal.record({
      kind: 'sample.finished',
      actor: actor.id,
      details: { archive: archive.id, sample: sample.id, looked, wrong },
    })
    await db.updateTable('archive_samples').set({ finished_at: ops.now() }).where('id', '=', sample.id).execute()
  })
  return nextSampled(ops, sample.id, place)
}

function lookedAt(): ActionError {
  return new ActionError(
    'NOT_NOW',
    'LOOKED_AT',
    'somebody has said already whether this one is right',
    'go on with the next one',
  )
}
