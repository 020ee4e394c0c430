import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BackupError } from './errors.ts'

/** What the log is told of a restore, once there is a log again. */
export interface Restored {
  readonly backup: string
  /** of its manifest, lower-case hex */
  readonly digest: string
  /** generation of its keyring */
  readonly epoch: number
  readonly entries: number
}

/** Stands in the folder while it is filled. */
const RESTORING = 'restoring'
const RESTORED = 'restored.json'

/** Marks a folder as being filled. */
export function beginRestoring(data: string): void {
  writeFileSync(join(data, RESTORING), '', { mode: 0o600, flush: true })
}

/** Marks it as filled, and leaves word for the log. */
export function endRestoring(data: string, restored: Restored): void {
  writeFileSync(join(data, RESTORED), JSON.stringify(restored), { mode: 0o600, flush: true })
  rmSync(join(data, RESTORING))
}

/** Throws BackupError UNFINISHED where a restore was interrupted. */
export function mustNotBeRestoring(data: string): void {
  if (existsSync(join(data, RESTORING)))
    throw new BackupError(
      'UNFINISHED',
      'a restore into this folder was interrupted',
      'empty the folder (but for epoch-keys) and the database, and restore again',
    )
}

/** Tells the log of a restore that it does not know of yet. */
export async function noteRestored(data: string, record: (restored: Restored) => Promise<unknown>): Promise<void> {
  const path = join(data, RESTORED)
  if (!existsSync(path)) return
  await record(JSON.parse(readFileSync(path, 'utf8')) as Restored)
  rmSync(path)
}
