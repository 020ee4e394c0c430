import assert from 'node:assert/strict'
import type { Compartment } from '../../review/index.ts'
import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { type HeldExtract, under } from './held-extract.ts'
import { liveOpening, type Opening } from './opening.ts'
import { readersOf } from './open-readers.ts'

/** Why an opening ends: the words of `extract.closed`. */
export type ClosedBecause = 'person' | 'time' | 'withdrawn' | 'hold' | 'find' | 'destruction' | 'service'

/** Closes an extract that somebody has open; does nothing where it is not open. Throws ActionError NOT_FOUND. */
export async function closeExtract(
  ops: Ops,
  actor: Actor,
  { extraction, compartment = 'main' }: { extraction: string; compartment?: Compartment },
): Promise<void> {
  const about = await mustAllow(ops, actor, 'extraction.see', { of: 'extraction', id: extraction }).catch(async () =>
    mustAllow(ops, actor, 'extract.see_privileged', { of: 'extraction', id: extraction }, { stepUp: true }),
  )
  const live = await liveOpening(ops, actor, extraction, compartment)
  if (live === undefined) return
  const leaf = await ops.store.db
    .selectFrom('decisions')
    .innerJoin('extractions', 'extractions.request_id', 'decisions.request_id')
    .select('decisions.leaf')
    .where('extractions.id', '=', extraction)
    .where('decisions.outcome', '=', 'granted')
    .executeTakeFirst()
  assert(leaf?.leaf != null, 'what is open was opened under a grant')
  await endOpening(ops, { ...live, held: { case: about, leaf: leaf.leaf } }, actor.id, 'person')
}

/** Writes down that an opening ends, ends it, and lets go of the key where nobody else has the extract open. */
export async function endOpening(
  ops: Ops,
  opening: Opening & { readonly held: Pick<HeldExtract, 'case' | 'leaf'> },
  by: string,
  because: ClosedBecause,
): Promise<void> {
  await ops.journal.record({
    kind: 'extract.closed',
    actor: by,
    ...under(opening.held),
    details: { extract: opening.extraction, session: opening.id, because },
  })
  await ops.store.db
    .updateTable('openings')
    .set({ closed_at: ops.now() })
    .where('id', '=', opening.id)
    .where('closed_at', 'is', null)
    .execute()
  await readersOf(ops).sweep()
}
