import { readFile, unlink } from 'node:fs/promises'
import { type Contents, sameContents, wipe } from './contents.ts'
import { type Current, keyringPath, readCurrent } from './current-keyring.ts'
import { putInPlace, unlessMissing, writeSynced } from './durable-file.ts'
import type { EpochKeys } from './epoch-keys.ts'
import { damaged, KeyringError } from './errors.ts'
import { digestOf, openSealedKeyring, sealKeyring } from './sealed-keyring.ts'
import { withWriterLock } from './writer-lock.ts'

/** Where a keyring and its epoch keys lie. */
export interface Place {
  readonly folder: string
  readonly epochKeys: EpochKeys
}

/** The next writing of a keyring. */
export interface Edit {
  /** whether it is sealed under a new epoch key, so that every older keyring dies with the old one */
  readonly newEpoch: boolean
  /** what it is to hold, given the epoch that it will be sealed under */
  contents(epoch: string): Omit<Contents, 'previous'>
}

/** What lies on the disk after a change. */
export type Written = Pick<Current, 'epoch' | 'generation' | 'digest'>

/**
 * Changes a keyring, alone among all processes of the machine. `edit` looks at the newest keyring and says what comes next, or
 * undefined where it was done already and only what came after it may be missing. In this order, each step on the disk before the next: a new epoch key, if wanted; the
 * new keyring beside the old one; the new one read back and compared; its name; the mark; the end of every other epoch. Whoever
 * dies in between leaves the old keyring with its key or the new one with its own, and the next change or opening tidies up.
 */
export async function changeKeyring(place: Place, edit: (current: Current) => Edit | undefined): Promise<Written> {
  return withWriterLock(place.folder, async () => {
    const current = await settle(place)
    try {
      const next = edit(current)
      const written = next === undefined ? current : await write(place, current, next)
      if (next === undefined || next.newEpoch) await endOtherEpochs(place.epochKeys, written.epoch)
      return written
    } finally {
      wipe(current.contents)
    }
  })
}

/** Brings to its end what an interrupted change left. Call it with the lock; wipe the contents after use. */
export async function settle({ folder, epochKeys }: Place): Promise<Current> {
  const current = await readCurrent(folder, epochKeys)
  const { generation, digest, epoch } = current
  if ((await epochKeys.mark())?.digest !== digest) await epochKeys.setMark({ generation, digest })
  await unlink(newPath(folder)).catch(unlessMissing)
  try {
    await endOtherEpochs(epochKeys, epoch)
  } catch (error) {
    // A token that cannot destroy just now must not stop the service; destroying a key insists on it.
    if (!(error instanceof KeyringError && error.code === 'EPOCH_REMAINS')) throw error
  }
  return current
}

/** Writes the very first keyring, which holds nothing. */
export function writeFirst(place: Place): Promise<Written> {
  const contents = { previous: '', extracts: new Map(), signers: new Map(), destructions: [] }
  return write(place, { epoch: '', generation: 0, digest: '', contents }, { newEpoch: true, contents: () => contents })
}

async function write({ folder, epochKeys }: Place, before: Current, edit: Edit): Promise<Written> {
  const epoch = edit.newEpoch ? await epochKeys.create() : before.epoch
  const generation = before.generation + 1
  const contents = { ...edit.contents(epoch), previous: before.digest }
  const path = newPath(folder)
  try {
    await writeSynced(path, await sealKeyring(contents, { epochKeys, epoch, generation }))
    // Everything that is about to be lost rests on these bytes: they are read back before they take the old ones' place.
    const written = await readFile(path)
    const { contents: back } = await openSealedKeyring(written, epochKeys)
    const isSame = sameContents(back, contents)
    wipe(back)
    if (!isSame) throw damaged('the keyring that was written is not the one that was to be written')
    await putInPlace(path, keyringPath(folder))
    const digest = digestOf(written)
    await epochKeys.setMark({ generation, digest })
    return { epoch, generation, digest }
  } finally {
    wipe(contents)
  }
}

/** Destroys every epoch key but one, with the lock, and looks whether they are gone. Throws KeyringError EPOCH_REMAINS. */
export async function endOtherEpochs(epochKeys: EpochKeys, epoch: string): Promise<void> {
  const others = async () => (await epochKeys.list()).filter((id) => id !== epoch)
  let cause: unknown
  try {
    for (const other of await others()) await epochKeys.destroy(other)
    if ((await others()).length === 0) return
  } catch (error) {
    cause = error
  }
  throw new KeyringError(
    'EPOCH_REMAINS',
    'the key is out of the keyring, and the epoch key that opens older keyrings is still there',
    'destroy the same key again when its store answers: it goes on where it stopped',
    { cause },
  )
}

const newPath = (folder: string): string => `${keyringPath(folder)}.new`
