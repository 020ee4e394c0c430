import { mkdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { openTexts, putOnDisk, sealText } from '../../vault/index.ts'
import type { Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import { archiveFolder, archiveKeyName } from './details.ts'

/** Where a register lies, sealed to the key of its archive. */
export function registerPlace(ops: Pick<Ops, 'archivesFolder'>, archiveId: string, registerId: string): string {
  if (!isId(registerId)) throw new RangeError('this is no id of a register')
  return join(archiveFolder(ops, archiveId), 'registers', registerId)
}

/** Writes a register, sealed: whole, or not at all. `keyName`: under which name the keyring holds the key that it is sealed to. */
export async function keepRegister(
  ops: Ops,
  archiveId: string,
  registerId: string,
  text: string,
  keyName: string = archiveKeyName(archiveId),
): Promise<void> {
  const place = registerPlace(ops, archiveId, registerId)
  await mkdir(dirname(place), { recursive: true, mode: 0o700 })
  await putOnDisk(place, await sealText(text, [await ops.keyring.recipientOf(keyName)]))
}

/** The text of a register. Throws KeyringError, VaultError DAMAGED. */
export async function openRegister(ops: Ops, archiveId: string, registerId: string): Promise<string> {
  const sealed = await readFile(registerPlace(ops, archiveId, registerId))
  const [text = ''] = await ops.keyring.useExtractIdentity(archiveKeyName(archiveId), (identity) =>
    openTexts([sealed], identity),
  )
  return text
}

/** Removes a register. May be called again. */
export async function removeRegister(ops: Ops, archiveId: string, registerId: string): Promise<void> {
  await rm(registerPlace(ops, archiveId, registerId), { force: true })
}
