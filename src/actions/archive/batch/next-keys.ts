import { existsSync, readFileSync, rmSync } from 'node:fs'
import { openTexts, putOnDisk, sealText, VaultError } from '../../../vault/index.ts'
import type { Ops } from '../../ops.ts'
import { ArchiveKeys, archiveKeyName, keysFile, withArchiveKeys } from '../details.ts'
import { openRegister, registerPlace } from '../register-file.ts'

/** What the keyring calls the key that an archive has after a batch is destroyed, until it takes the place of the other; afterwards, the key that is gone. */
export function successorOf(archiveId: string, batchId: string): string {
  return `${archiveKeyName(archiveId)}:${batchId}`
}

/**
 * To whom things are sealed that stay: to the key that goes and to the one that comes, so that there is no moment in which nothing opens them. What was
 * sealed to the first alone is closed when that is gone.
 */
async function bothRecipients(ops: Ops, archiveId: string, batchId: string): Promise<string[]> {
  const next = successorOf(archiveId, batchId)
  if (!(await ops.keyring.has(next))) await ops.keyring.createExtractKey(next)
  return [await ops.keyring.recipientOf(archiveKeyName(archiveId)), await ops.keyring.recipientOf(next)]
}

/**
 * The keys that an archive's rows are sealed under once a batch is gone: made once, and found again by whoever goes on after an interruption. `isNew` where
 * nothing can be sealed under them yet. Throws KeyringError, VaultError.
 */
export async function nextKeys(
  ops: Ops,
  batchId: string,
  keys: ArchiveKeys,
): Promise<{ readonly next: ArchiveKeys; readonly isNew: boolean }> {
  const { archiveId, marks } = keys
  const generation = keys.generation + 1
  const recipients = await bothRecipients(ops, archiveId, batchId)
  const place = keysFile(ops, archiveId, generation)
  const before = await openedBySuccessor(ops, archiveId, batchId, place)
  if (before !== undefined) return { next: ArchiveKeys.parse(archiveId, generation, before), isNew: false }
  // Left behind by a batch that was stopped: nothing is sealed under it that is still there.
  rmSync(place, { force: true })
  const next = ArchiveKeys.fresh(archiveId, generation, marks)
  await putOnDisk(place, await sealText(next.format(), recipients))
  return { next, isNew: true }
}

async function openedBySuccessor(ops: Ops, archiveId: string, batchId: string, place: string) {
  if (!existsSync(place)) return undefined
  try {
    const [text] = await ops.keyring.useExtractIdentity(successorOf(archiveId, batchId), (identity) =>
      openTexts([readFileSync(place)], identity),
    )
    return text
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    return undefined
  }
}

/**
 * Seals the keys of an archive's rows to its key alone, once that has taken the place of the one before: or the next destruction could not prove that nothing
 * else opens them. May be done again.
 */
export async function sealKeysAlone(ops: Ops, archiveId: string, generation: number): Promise<void> {
  const text = await withArchiveKeys(ops, { id: archiveId, generation }, (keys) => keys.format())
  const recipient = await ops.keyring.recipientOf(archiveKeyName(archiveId))
  await putOnDisk(keysFile(ops, archiveId, generation), await sealText(text, [recipient]))
}

/** Seals the registers of an archive anew, each in its place. May be done again. */
export async function sealRegistersAnew(ops: Ops, archiveId: string, batchId: string): Promise<void> {
  const rows = await ops.store.db
    .selectFrom('archive_registers')
    .select('id')
    .where('archive_id', '=', archiveId)
    .where('taken_back_at', 'is', null)
    .execute()
  const recipients = await bothRecipients(ops, archiveId, batchId)
  for (const { id } of rows) {
    const text = await openRegister(ops, archiveId, id)
    await putOnDisk(registerPlace(ops, archiveId, id), await sealText(text, recipients))
  }
}
