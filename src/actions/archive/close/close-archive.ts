import { rmSync } from 'node:fs'
import { onDisk } from '../../../vault/index.ts'
import type { Ran } from '../../extraction/run-extraction.ts'
import { type Ops, SERVICE_ACTOR } from '../../ops.ts'
import { recordedOnce } from '../../recorded-once.ts'
import { workOnArchive } from '../archive-work.ts'
import { archiveFolder, archiveKeyName } from '../details.ts'
import { proveClosed } from '../prove-closed.ts'

/**
 * Ends an archive that two people decided to close (law row E14): its key is destroyed, which ends the epoch, so that no backup opens the key of its marks
 * either; it is proved that nothing opens what the key sealed; then its registers go, and its folder. Rows without anything that names or ties anybody stay: they
 * are what certificates rest on. Each step may be interrupted and done again. Throws what nobody expected, after which it may be called again.
 */
export async function closeArchive(ops: Ops, id: string, { ending }: { ending: AbortSignal }): Promise<Ran> {
  return workOnArchive(ops, id, 'closing', ending, async () => {
    const { db } = ops.store
    const { generation } = await db
      .selectFrom('archives')
      .select('generation')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const destroyed = await ops.keyring.destroyExtractKey(archiveKeyName(id))
    await proveClosed(ops, id, generation)
    rmSync(archiveFolder(ops, id), { recursive: true, force: true })
    onDisk(ops.archivesFolder)
    const at = ops.now()
    await db
      .updateTable('archive_registers')
      .set({ taken_back_at: at })
      .where('archive_id', '=', id)
      .where('taken_back_at', 'is', null)
      .execute()
    const details = {
      archive: id,
      generation,
      epoch_before: destroyed.generationBefore,
      epoch_after: destroyed.generationAfter,
      opens_no_longer: true,
    } as const
    await recordedOnce(ops, { kind: 'archive.closed', actor: SERVICE_ACTOR, details }, 'archive')
    await db.updateTable('archives').set({ state: 'closed', closed_at: at }).where('id', '=', id).execute()
  })
}
