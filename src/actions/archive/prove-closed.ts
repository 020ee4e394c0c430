import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { onDisk } from '../../vault/index.ts'
import { ActionError } from '../action-error.ts'
import type { Ops } from '../ops.ts'
import { archiveFolder, keysFile } from './details.ts'

/**
 * Tries every key that the service holds on the keys of an archive's rows, of one generation, whose own key was destroyed; then these go too. Gives how many
 * were tried. May be called again. Throws ActionError NOT_NOW `STILL_OPENS`.
 */
export async function proveClosed(ops: Ops, archive: string, generation: number): Promise<number> {
  const old = keysFile(ops, archive, generation)
  // The keyring looks at folders of containers: this is one that holds nothing else.
  const closed = join(archiveFolder(ops, archive), `closed.${generation}`)
  if (existsSync(old)) {
    mkdirSync(closed, { recursive: true, mode: 0o700 })
    renameSync(old, join(closed, 'key.age'))
  }
  const { ok, identitiesTried } = await ops.keyring.checkNothingOpens({ containers: [closed] })
  if (!ok)
    throw new ActionError('NOT_NOW', 'STILL_OPENS', 'something still opens what was destroyed', 'look at the key room')
  rmSync(closed, { recursive: true, force: true })
  const folder = archiveFolder(ops, archive)
  if (existsSync(folder)) onDisk(folder)
  return identitiesTried
}
