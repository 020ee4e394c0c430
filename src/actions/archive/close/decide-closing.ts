import { ActionError } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'
import { lockArchive } from '../lock-archive.ts'
import { somethingStandsAgainst } from './propose-closing.ts'
import { openClosing } from './read-closing.ts'
import { standsAgainst } from './stands-against.ts'

/**
 * Approves that an archive is closed, or refuses it; never whoever proposed it (law rows E14, H11, H14). With an approval nothing more is done with the archive,
 * and a worker destroys its key. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID `outcome`; NOT_NOW `STANDS_AGAINST`, `CLOSING_DECIDED`.
 */
export async function decideClosing(
  ops: Ops,
  actor: Actor,
  { archiveId, outcome }: { readonly archiveId: string; readonly outcome: string },
): Promise<void> {
  const proposed = await openClosing(ops.store.db, archiveId)
  await askFirst(ops, actor, 'archive.close', { proposedBy: proposed?.proposedBy.id ?? 'nobody' })
  const { id: archive } = await archiveRow(ops, archiveId)
  if (outcome !== 'approved' && outcome !== 'refused')
    throw new ActionError('NOT_VALID', 'outcome', 'Select whether the archive is to be closed')
  if (proposed === undefined) throw isDecided()
  const approved = outcome === 'approved'
  await ops.store.db.transaction().execute(async (db) => {
    await lockArchive(db, archive)
    if ((await openClosing(db, archive))?.id !== proposed.id) throw isDecided()
    if (approved && (await standsAgainst(db, archive)).length > 0) throw somethingStandsAgainst()
    await ops.journal.record({
      kind: 'archive.closing_decided',
      actor: actor.id,
      details: { archive, closing: proposed.id, proposed_by: proposed.proposedBy.id, approved },
    })
    await db
      .updateTable('archive_closings')
      .set({ approved, decided_by: actor.id, decided_at: ops.now() })
      .where('id', '=', proposed.id)
      .execute()
    if (approved)
      await db
        .updateTable('archives')
        .set({ state: 'closing', failure: null, progress: '{}' })
        .where('id', '=', archive)
        .execute()
  })
  if (approved) await ops.enqueue('close-archive', { archive })
}

function isDecided(): ActionError {
  return new ActionError('NOT_NOW', 'CLOSING_DECIDED', 'this was decided already', 'look at the archive again')
}
