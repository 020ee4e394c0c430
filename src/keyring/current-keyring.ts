import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { unlessMissing } from './durable-file.ts'
import { type Contents, wipe } from './contents.ts'
import type { EpochKeys, Mark } from './epoch-keys.ts'
import { KeyringError } from './errors.ts'
import { digestOf, openSealedKeyring, readHead } from './sealed-keyring.ts'

/** A keyring that was found to be the newest. */
export interface Current {
  readonly epoch: string
  readonly generation: number
  /** lower-case hex SHA-256 over its file */
  readonly digest: string
  readonly contents: Contents
}

/** The keyring's file in its folder. */
export const keyringPath = (folder: string): string => join(folder, 'keyring')

/** How often a reader looks again when a writer was faster, and for how long it waits in between, in milliseconds. */
const TRIES = 20
const PAUSE = 5

/**
 * Opens the keyring in a folder and makes sure that it is the newest, without any lock: a writer puts it in place as a whole,
 * and where one did so in between it is read again. Wipe the contents after use.
 *
 * Throws KeyringError NOT_FOUND, MISSING, DAMAGED, OLDER, EPOCH_GONE, EPOCH_OLDER or EXPOSED.
 */
export async function readCurrent(folder: string, epochKeys: EpochKeys): Promise<Current> {
  for (let tries = 1; ; tries++) {
    const file = await readFile(keyringPath(folder)).catch(unlessMissing)
    // After the file: a mark that is ahead of it then means an older file, or a writer in between.
    const mark = await epochKeys.mark()
    if (file === undefined) throw notThere(mark)
    try {
      return await judge(file, mark, epochKeys)
    } catch (error) {
      if (!(error instanceof KeyringError) || tries === TRIES || !(await isChanged(folder, file))) throw error
      await pause(PAUSE)
    }
  }
}

async function isChanged(folder: string, before: Buffer): Promise<boolean> {
  const now = await readFile(keyringPath(folder)).catch(unlessMissing)
  return now === undefined || !now.equals(before)
}

function notThere(mark: Mark | undefined): KeyringError {
  return mark === undefined || mark.generation === 0
    ? new KeyringError(
        'NOT_FOUND',
        'there is no keyring',
        'check the folder; a new service makes one at its first start',
      )
    : new KeyringError(
        'MISSING',
        'the keyring is not there, and its epoch key is',
        'restore the newest copy of the keyring; an older one will be refused',
      )
}

async function judge(file: Buffer, mark: Mark | undefined, epochKeys: EpochKeys): Promise<Current> {
  const opened = await openSealedKeyring(file, epochKeys).catch((error: unknown) => {
    const isGone = error instanceof KeyringError && error.code === 'EPOCH_GONE'
    // The marked keyring itself without its epoch is a loss; any other was left behind by a destruction, as it should be.
    const isMarked = mark === undefined || mark.digest === digestOf(file)
    throw isGone && !isMarked && readHead(file).head.generation <= mark.generation ? older(error) : error
  })
  const { head, contents } = opened
  const { generation } = head
  const digest = digestOf(file)
  // One ahead of the mark, and made from the very keyring that is marked: its writer died before it could say so.
  const isNewest =
    mark !== undefined &&
    ((generation === mark.generation && digest === mark.digest) ||
      (generation === mark.generation + 1 && contents.previous === mark.digest))
  if (isNewest) return { epoch: head.epoch, generation, digest, contents }
  wipe(contents)
  throw mark !== undefined && generation <= mark.generation ? older() : markIsBehind()
}

function older(cause?: unknown): KeyringError {
  return new KeyringError(
    'OLDER',
    'this keyring is older than the last one that was written here',
    'an older keyring may hold keys that were destroyed since: restore the newest copy',
    { cause },
  )
}

function markIsBehind(): KeyringError {
  return new KeyringError(
    'EPOCH_OLDER',
    'the folder of the epoch keys is older than the keyring',
    'it was restored from somewhere, and should be nowhere to restore from: find out from where before going on',
  )
}
