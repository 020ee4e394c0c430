import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { askFirst } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { collectedPath } from './collected.ts'
import { type ArchiveKeys, withArchiveKeys } from './details.ts'
import { openedItems } from './opened-items.ts'
import { archiveOf } from './read-archive.ts'
import { isClosed } from './closed-archive.ts'

/** What is still where an archive was collected. */
export interface StillCollected {
  readonly recordings: number
  /** of those the service holds, how many lie there by path and size */
  readonly there: number
  /** files of any kind that lie there: what was destroyed can no longer be named, so none of them is known not to be one of those */
  readonly files: number
  /** whether the place where archives are collected answers: an empty one may be a disk that is not connected */
  readonly reached: boolean
}

/**
 * Counts how many of an archive's recordings still lie in the folder in which it was collected, by path and size, and how many files lie there at all;
 * nothing is read. Notes it as a place that was checked. Throws ActionError NOT_ALLOWED, NOT_FOUND.
 */
export async function checkCollected(ops: Ops, actor: Actor, archiveId: string): Promise<StillCollected> {
  await askFirst(ops, actor, 'archive.manage')
  const archive = await archiveOf(ops, archiveId)
  const reached = (await entriesOf(ops.collectedFolder)) > 0
  const folder = reached ? collectedPath(ops, archive.collectedAs) : undefined
  let [recordings, there] = [0, 0]
  const count = async (keys: ArchiveKeys) => {
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
  }
  if (!isClosed(archive)) await withArchiveKeys(ops, archive, count)
  const result = { recordings, there, files: await filesIn(folder), reached }
  await ops.journal.record({
    kind: 'archive.collected_checked',
    actor: actor.id,
    details: { archive: archiveId, ...result },
  })
  await notePlace(ops, actor, archiveId, result, folder !== undefined)
  return result
}

async function entriesOf(folder: string | undefined): Promise<number> {
  return folder === undefined ? 0 : (await readdir(folder).catch(() => [])).length
}

async function filesIn(folder: string | undefined): Promise<number> {
  if (folder === undefined) return 0
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => !entry.isDirectory()).length
}

/** Only an empty folder, or none where there are others, is said to hold nothing. */
function foundThere({ files, reached }: StillCollected, isThere: boolean) {
  if (!reached) return 'not_reached'
  if (!isThere) return 'gone'
  return files > 0 ? 'still_there' : 'nothing_there'
}

async function notePlace(
  ops: Ops,
  actor: Actor,
  archiveId: string,
  result: StillCollected,
  isThere: boolean,
): Promise<void> {
  const found = foundThere(result, isThere)
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
        found,
        evidence:
          found === 'not_reached'
            ? 'The service could not look: nothing answers where archives are collected.'
            : `Counted by the service: ${result.files} files lie there, ${result.there} of them as recordings that it holds.`,
        person_id: actor.id,
        at,
      })
      .execute()
  })
}
