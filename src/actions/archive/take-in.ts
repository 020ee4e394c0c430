import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type FileSource, openSource } from '../../acquisition/index.ts'
import {
  createInventory,
  devicesOf,
  forgetFile,
  type InventorySummary,
  itemsOf,
  summaryOf,
  takeInventory,
} from '../../recordings/index.ts'
import { recipientOfIdentity, SealedStore, UNFINISHED } from '../../vault/index.ts'
import type { Ran } from '../extraction/run-extraction.ts'
import { type Ops, SERVICE_ACTOR } from '../ops.ts'
import { recordedOnce } from '../recorded-once.ts'
import { type ArchiveWork, workOnArchive } from './archive-work.ts'
import { collectedPath } from './collected.ts'
import { archiveFolder, archiveKeyName, withArchiveKeys } from './details.ts'
import { CollectedError } from './failed-archive.ts'
import { namesOf } from './learnt-names.ts'
import { ChangedMeanwhile, takeInRecordings } from './take-in-recordings.ts'

/** How often a file may turn out to have changed between two looks before the whole is given up. */
const LOOKS = 5

/**
 * Takes in an archive that was opened: writes down every file, then copies every recording, sealed under a key of its own, with its row; then the rows are
 * the only place where anything of it stands (law row E14). Whoever was interrupted goes on. `ending` fires when the worker is to end. Throws what nobody
 * expected, after which it may be called again.
 */
export async function takeInArchive(ops: Ops, id: string, { ending }: { ending: AbortSignal }): Promise<Ran> {
  return workOnArchive(ops, id, 'taking_in', ending, (work) => takeIn(ops, id, work))
}

async function takeIn(ops: Ops, id: string, work: ArchiveWork): Promise<void> {
  const row = await ops.store.db
    .selectFrom('archives')
    .select(['collected_as', 'summary', 'generation'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const inventory = join(archiveFolder(ops, id), 'inventory')
  if (row.summary === null) {
    const summary = await whatIsThere(
      ops,
      { id, generation: row.generation, folder: row.collected_as },
      inventory,
      work,
    )
    await logTakenIn(ops, id, summary)
    await ops.store.db
      .updateTable('archives')
      .set({ summary: JSON.stringify(summary) })
      .where('id', '=', id)
      .execute()
  }
  await rm(inventory, { recursive: true, force: true })
  await removeUnfinished(join(archiveFolder(ops, id), 'recordings'))
  await ops.store.db
    .updateTable('archives')
    .set({ state: 'taken_in', taken_in_at: ops.now(), progress: '{}' })
    .where('id', '=', id)
    .where('state', '=', 'taking_in')
    .execute()
}

async function whatIsThere(
  ops: Ops,
  { id, generation, folder }: { id: string; generation: number; folder: string },
  inventory: string,
  work: ArchiveWork,
): Promise<InventorySummary> {
  const names = await namesOf(ops, id)
  const store = await ops.keyring.useExtractIdentity(archiveKeyName(id), async (identity) =>
    SealedStore.isIn(inventory)
      ? SealedStore.open(inventory, [identity])
      : createInventory(inventory, [recipientOfIdentity(identity)]),
  )
  try {
    for (let look = 1; ; look++) {
      const source = await openCollected(ops, folder)
      try {
        await takeInventory(source, store, names, (progress) => {
          work.goesOn()
          void work.tell({ step: 'looking', ...progress }).catch(() => {})
        })
        const devices = devicesOf(store)
        await withArchiveKeys(ops, { id, generation }, (keys) =>
          takeInRecordings(ops, { keys, source, items: [...itemsOf(store)], devices, work }),
        )
        return summaryOf(store)
      } catch (error) {
        if (!(error instanceof ChangedMeanwhile)) throw error
        // Somebody still writes there: it is looked at again, and given up where that does not end.
        if (look === LOOKS) throw new CollectedError('COLLECTED_CHANGES')
        forgetFile(store, error.path)
      } finally {
        await source.close()
      }
    }
  } finally {
    store.close()
  }
}

async function openCollected(ops: Ops, folder: string): Promise<FileSource> {
  const path = collectedPath(ops, folder)
  if (path === undefined) throw new CollectedError('COLLECTED_GONE')
  return openSource(path)
}

async function logTakenIn(ops: Ops, id: string, { files, bytes, recordings, problems, root }: InventorySummary) {
  const { number, devices } = recordings
  const details = { archive: id, files, bytes, recordings: number, phones: devices, problems, root }
  await recordedOnce(ops, { kind: 'archive.taken_in', actor: SERVICE_ACTOR, details }, 'archive')
}

/** Takes away what was being written when a worker was ended: nothing has its key. */
async function removeUnfinished(folder: string): Promise<void> {
  const parts = await readdir(folder).catch(() => [])
  for (const part of parts)
    for (const name of await readdir(join(folder, part)))
      if (name.endsWith(UNFINISHED)) await rm(join(folder, part, name), { force: true })
}
