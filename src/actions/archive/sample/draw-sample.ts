import { drawSample as draw } from '../../../recordings/index.ts'
import { ActionError } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import { isDuplicate } from '../../case/duplicate.ts'
import { newId } from '../../new-id.ts'
import type { Actor, Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'

/** Rows that are inserted at once. */
const AT_ONCE = 1000

/**
 * Draws a sample of what the last matching ties to nothing, to be looked at again: 1 in 200, at least 300 or all there are (law row E14). The seed is drawn
 * first and goes into the log before anything is chosen by it, so that nobody chooses; and there is one a matching, so that nobody draws until it
 * pleases. Gives its id. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW (`NOT_MATCHED`, `DRAWN`, `NOTHING_PROPOSED`).
 */
export async function drawSample(ops: Ops, actor: Actor, archiveId: string): Promise<string> {
  await askFirst(ops, actor, 'archive.manage')
  const archive = await archiveRow(ops, archiveId)
  if (archive.state !== 'matched')
    throw new ActionError('NOT_NOW', 'NOT_MATCHED', 'the archive is not matched', 'match it first')
  const { db } = ops.store
  const drawn = await db
    .selectFrom('archive_samples')
    .select('id')
    .where('archive_id', '=', archive.id)
    .where('matching', '=', archive.matching)
    .executeTakeFirst()
  if (drawn !== undefined) throw drawnAlready()
  const proposed = await db
    .selectFrom('archive_items')
    .select('id')
    .where('archive_id', '=', archive.id)
    .where('state', '=', 'held')
    .where('class', '=', 'E')
    .execute()
  if (proposed.length === 0)
    throw new ActionError('NOT_NOW', 'NOTHING_PROPOSED', 'nothing is proposed for destruction', '')
  const id = newId(ops.random)
  const seed = Buffer.from(ops.random(32)).toString('hex')
  const ids = draw(
    proposed.map((one) => one.id),
    seed,
  )
  const { matching } = archive
  await ops.journal.record({
    kind: 'sample.drawn',
    actor: actor.id,
    details: { archive: archive.id, sample: id, matching, of: proposed.length, items: ids.length, seed },
  })
  try {
    await db.transaction().execute(async (tx) => {
      await tx
        .insertInto('archive_samples')
        .values({
          id,
          archive_id: archive.id,
          matching,
          of: proposed.length,
          seed,
          drawn_by: actor.id,
          drawn_at: ops.now(),
        })
        .execute()
      for (let from = 0; from < ids.length; from += AT_ONCE)
        await tx
          .insertInto('sampled_items')
          .values(ids.slice(from, from + AT_ONCE).map((item_id, at) => ({ sample_id: id, item_id, at: from + at + 1 })))
          .execute()
    })
  } catch (error) {
    if (isDuplicate(error, 'archive_samples_matching')) throw drawnAlready()
    throw error
  }
  return id
}

function drawnAlready(): ActionError {
  return new ActionError(
    'NOT_NOW',
    'DRAWN',
    'a sample of this matching was drawn already',
    'look at that one: another is drawn when the archive has been matched again',
  )
}
