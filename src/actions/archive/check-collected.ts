import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { allow, noteRefusal } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { collectedPath } from './collected.ts'
import { withArchiveKeys } from './details.ts'
import { openedItems } from './opened-items.ts'
import { archiveOf } from './read-archive.ts'

/** What is still where an archive was collected. */
export interface StillCollected {
  readonly recordings: number
  /** of those the service holds, how many lie there by path and size */
  readonly there: number
  /** whether the folder is there at all */
  readonly reached: boolean
}

/**
 * Counts how many of an archive's recordings still lie in the folder in which it was collected: by path and size, nothing is read. Notes it as a place that
 * was checked. Throws ActionError NOT_ALLOWED, NOT_FOUND.
 */
export async function checkCollected(ops: Ops, actor: Actor, archiveId: string): Promise<StillCollected> {
  const decided = await allow(ops, actor, 'archive.manage')
  if (!decided.allowed) throw await noteRefusal(ops, actor, 'archive.manage', decided)
  const archive = await archiveOf(ops, archiveId)
  const folder = collectedPath(ops, archive.collectedAs)
  let [recordings, there] = [0, 0]
  await withArchiveKeys(ops, archive, async (keys) => {
    for await (const page of openedItems(ops.store.db, keys)) {
      recordings += page.length
      if (folder === undefined) continue
      const found = await Promise.all(
        page.map(async ({ bytes, details }) => {
          const status = await lstat(join(folder, details.path)).catch(() => undefined)
          return status?.isFile() === true && status.size === bytes
        }),
      )
      there += found.filter(Boolean).length
    }
  })
  const result = { recordings, there, reached: folder !== undefined }
  await ops.journal.record({
    kind: 'archive.collected_checked',
    actor: actor.id,
    details: { archive: archiveId, ...result },
  })
  await notePlace(ops, actor, archiveId, result)
  return result
}

async function notePlace(ops: Ops, actor: Actor, archiveId: string, { there, reached }: StillCollected): Promise<void> {
  const at = ops.now()
  await ops.store.db.transaction().execute(async (db) => {
    const before = await db
      .updateTable('archive_places')
      .set({ superseded_at: at })
      .where('archive_id', '=', archiveId)
      .where('kind', '=', 'collected_folder')
      .where('superseded_at', 'is', null)
      .returning('title')
      .executeTakeFirst()
    await db
      .insertInto('archive_places')
      .values({
        archive_id: archiveId,
        kind: 'collected_folder',
        title: before?.title ?? 'The folder in which it was collected',
        found: there > 0 ? 'still_there' : reached ? 'nothing_there' : 'gone',
        evidence: `Counted by the service: ${there} of its recordings lie there.`,
        person_id: actor.id,
        at,
      })
      .execute()
  })
}
