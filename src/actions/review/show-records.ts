import { type Item, shownDigest } from '../../review/index.ts'
import { noteSeen } from '../measure/note-seen.ts'
import type { Actor, Ops } from '../ops.ts'
import { under } from './held-extract.ts'
import type { OpenExtract } from './with-open-extract.ts'

/** What a page of records is: the words of `item.viewed`. */
export type ShownAs = 'conversation' | 'timeline' | 'gallery' | 'map' | 'calls' | 'contacts' | 'search' | 'item'

/**
 * Writes down which records somebody is about to see: one entry a page, with their number and the digest over their ids (law rows C-LOG, X7). To be
 * called before anything of them is sent; where it throws, nothing may be.
 */
export async function showRecords(
  ops: Ops,
  actor: Actor,
  { opening, held }: OpenExtract,
  view: ShownAs,
  items: readonly Pick<Item, 'record'>[],
): Promise<void> {
  const ids = items.map(({ record }) => record.id)
  await ops.journal.record({
    kind: 'item.viewed',
    actor: actor.id,
    ...under(held),
    details: {
      extract: opening.extraction,
      session: opening.id,
      view,
      records: ids.length,
      shown: shownDigest(ids),
    },
  })
  // What was set apart is not told by how much of it was seen.
  if (opening.compartment === 'main') await noteSeen(ops, opening.extraction, ids)
}
