import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** What a name ends in until it stands for something whole. */
export const UNFINISHED = '.unfinished'

/** A name beside `path` for what is being written, and of nobody else who writes it at the same time. */
export function unfinishedBeside(path: string): string {
  return `${path}.${randomBytes(8).toString('hex')}${UNFINISHED}`
}

/** Waits until a file, or the names in a folder, are on the disk. */
export function onDisk(path: string): void {
  const opened = openSync(path, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}

/**
 * Writes a file of mode 0600 as a whole, in place of one that is there; on the disk when this resolves. After a crash at any moment it is the old one or the new
 * one, and what was being written lies beside it under a name that begins as its own does.
 */
export async function putOnDisk(path: string, bytes: Uint8Array | Iterable<Uint8Array>): Promise<void> {
  const making = unfinishedBeside(path)
  await writeFile(making, bytes, { mode: 0o600, flag: 'wx', flush: true })
  await rename(making, path)
  onDisk(dirname(path))
}
