import { randomFillSync } from 'node:crypto'
import { mkdir, open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Makes a folder that only its owner can look into, and what is above it. One that is there already stays as it is. */
export async function makePrivateFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 })
  if (first !== undefined) await syncFolder(dirname(first))
}

/** Writes a file of mode 0600 under the name given, in place of whatever an interrupted write left there; on the disk on return. */
export async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  await unlink(path).catch(unlessMissing)
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Gives a file that is on the disk its name, in place of what had it. After a crash the name stands for the one or the other. */
export async function putInPlace(written: string, name: string): Promise<void> {
  await rename(written, name)
  await syncFolder(dirname(name))
}

/** Writes a file as a whole: after a crash at any moment it is the old one or the new one. */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  await writeSynced(`${path}.new`, bytes)
  await putInPlace(`${path}.new`, path)
}

/**
 * Overwrites a file with random bytes, then removes it; one that is not there is gone already. Overwriting reaches the same
 * blocks only on disks and file systems that write in place: what else may keep them is said in docs/decisions/0007-keyring.md.
 */
export async function destroyFile(path: string): Promise<void> {
  try {
    const file = await open(path, 'r+')
    try {
      const { size } = await file.stat()
      await file.write(randomFillSync(Buffer.alloc(size)), 0, size, 0)
      await file.sync()
    } finally {
      await file.close()
    }
    await unlink(path)
  } catch (error) {
    unlessMissing(error)
  }
  await syncFolder(dirname(path))
}

/** Swallows "there is no such file", and nothing else. */
export function unlessMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  return undefined
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
