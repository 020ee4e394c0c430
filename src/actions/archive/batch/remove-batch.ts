import { existsSync } from 'node:fs'
import { access, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { onDisk } from '../../../vault/index.ts'
import { ActionError } from '../../action-error.ts'
import type { Ops } from '../../ops.ts'
import { archiveFolder, archiveKeyName } from '../details.ts'
import { lockArchive } from '../lock-archive.ts'
import { proveClosed } from '../prove-closed.ts'
import { recordingPlace } from '../recording-file.ts'
import type { BatchRow } from './frozen-batch.ts'
import { sealKeysAlone, sealRegistersAnew, successorOf } from './next-keys.ts'

/** Files that are removed, or looked for, at once. */
const AT_ONCE = 64

/** What is known of a batch from the moment in which it was settled; the second half once it is proved that nothing is left. */
export interface Found {
  readonly exceptions: Readonly<Record<string, number>>
  readonly survivors: number
  readonly generation_before: number
  readonly generation_after: number
  readonly epoch_before?: number
  readonly epoch_after?: number
  readonly keys_tried?: number
  readonly files_absent?: number
  readonly entries_without_key?: number
  readonly verified_at?: string
}

/**
 * From here on there is no way back, and each step may be interrupted and done again: the old key is destroyed as the new one takes its name, which ends the
 * epoch, so that no older backup opens; the files go; then every one is looked for, every row is counted, and every key that the service holds is tried on
 * what the old key sealed. Throws ActionError NOT_NOW `STILL_THERE`, `STILL_OPENS`; KeyringError.
 */
export async function removeBatch(ops: Ops, row: BatchRow, goesOn: () => void): Promise<void> {
  const { id, archive_id: archive } = row
  const found = row.found as unknown as Found
  if (found.verified_at !== undefined) return
  const { db } = ops.store
  const destroyed = await db.transaction().execute(async (locked) => {
    // What is sealed to the old key meanwhile would be lost with it.
    await lockArchive(locked, archive)
    const next = successorOf(archive, id)
    if (await ops.keyring.has(next)) await sealRegistersAnew(ops, archive, id)
    return ops.keyring.replaceExtractKey(archiveKeyName(archive), next)
  })
  await sealKeysAlone(ops, archive, found.generation_after)
  await db
    .updateTable('batches')
    .set({ keys_destroyed_at: new Date(destroyed.at) })
    .where('id', '=', id)
    .execute()
  const places = (await db.selectFrom('batch_items').select('item_id').where('batch_id', '=', id).execute()).map(
    ({ item_id }) => recordingPlace(ops, archive, item_id),
  )
  await each(places, goesOn, remove)
  for (const folder of new Set(places.map(dirname))) if (existsSync(folder)) onDisk(folder)
  const keysTried = await proveClosed(ops, archive, found.generation_before)
  let there = 0
  await each(places, goesOn, async (place) => {
    if (await isThere(place)) there++
  })
  const withoutKey = await entriesWithoutKey(ops, row)
  const hasInventory = existsSync(join(archiveFolder(ops, archive), 'inventory'))
  if (there > 0 || withoutKey !== row.items || hasInventory)
    throw new ActionError('NOT_NOW', 'STILL_THERE', 'something that was to be destroyed is still there', 'try again')
  const proved: Found = {
    ...found,
    epoch_before: destroyed.generationBefore,
    epoch_after: destroyed.generationAfter,
    keys_tried: keysTried,
    files_absent: places.length,
    entries_without_key: withoutKey,
    verified_at: ops.now().toISOString(),
  }
  await db
    .updateTable('batches')
    .set({ found: JSON.stringify(proved) })
    .where('id', '=', id)
    .execute()
}

async function entriesWithoutKey({ store: { db } }: Ops, { id, archive_id }: BatchRow): Promise<number> {
  const { count } = await db
    .selectFrom('batch_items')
    .innerJoin('archive_items', (join) =>
      join.onRef('archive_items.id', '=', 'batch_items.item_id').on('archive_items.archive_id', '=', archive_id),
    )
    .select(sql<number>`count(*)::int`.as('count'))
    .where('batch_id', '=', id)
    .where('archive_items.state', '=', 'destroyed')
    .where('archive_items.sealed', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

async function each<T>(all: readonly T[], goesOn: () => void, act: (one: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += AT_ONCE) {
    goesOn()
    await Promise.all(all.slice(at, at + AT_ONCE).map(act))
  }
}

async function remove(path: string): Promise<void> {
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      // A disk that does not answer is no proof.
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
}
