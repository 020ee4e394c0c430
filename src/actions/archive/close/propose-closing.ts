import { ActionError } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import { newId } from '../../new-id.ts'
import type { Actor, Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'
import { lockArchive } from '../lock-archive.ts'
import { standsAgainst } from './stands-against.ts'

/**
 * Proposes that an archive is closed, of which every recording is kept for a case or destroyed (law row E14). Nothing changes until somebody else approves it.
 * Gives its id. Throws ActionError NOT_ALLOWED, NOT_FOUND; NOT_NOW `STANDS_AGAINST`, `CLOSING_PROPOSED`.
 */
export async function proposeClosing(ops: Ops, actor: Actor, archiveId: string): Promise<string> {
  await askFirst(ops, actor, 'archive.propose_closing')
  const { id: archive } = await archiveRow(ops, archiveId)
  const id = newId(ops.random)
  await ops.store.db.transaction().execute(async (db) => {
    await lockArchive(db, archive)
    const open = await db
      .selectFrom('archive_closings')
      .select('id')
      .where('archive_id', '=', archive)
      .where('approved', 'is distinct from', false)
      .executeTakeFirst()
    if (open !== undefined)
      throw new ActionError('NOT_NOW', 'CLOSING_PROPOSED', 'this was proposed already', 'look at the archive again')
    if ((await standsAgainst(db, archive)).length > 0) throw somethingStandsAgainst()
    await ops.journal.record({ kind: 'archive.closing_proposed', actor: actor.id, details: { archive, closing: id } })
    await db
      .insertInto('archive_closings')
      .values({ id, archive_id: archive, proposed_by: actor.id, proposed_at: ops.now() })
      .execute()
  })
  return id
}

export function somethingStandsAgainst(): ActionError {
  return new ActionError(
    'NOT_NOW',
    'STANDS_AGAINST',
    'something in this archive is not decided or not done',
    'look at what stands against closing it',
  )
}
