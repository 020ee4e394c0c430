import { type Dirent, lstatSync, realpathSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ActionError } from '../action-error.ts'
import type { Ops } from '../ops.ts'

/** Most that a page lists. */
const MOST = 200

/** What lies directly in the kiosk's folder and may be named: folders and files, no links, nothing hidden. Empty where there is no kiosk. */
export async function kioskEntries({ kioskFolder }: Pick<Ops, 'kioskFolder'>): Promise<string[]> {
  if (kioskFolder === undefined) return []
  const entries: Dirent[] = await readdir(kioskFolder, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isFile()) && isName(entry.name))
    .map(({ name }) => name)
    .sort()
    .slice(0, MOST)
}

/**
 * Where a named entry lies. Throws ActionError NOT_VALID `KIOSK` for anything that is not directly in the folder, or is a link: whoever may
 * name a source may not name the rest of this machine.
 */
export function kioskPath({ kioskFolder }: Pick<Ops, 'kioskFolder'>, name: string): string {
  if (kioskFolder === undefined || !isName(name)) throw notThere()
  try {
    const folder = realpathSync(kioskFolder)
    const path = join(folder, name)
    const status = lstatSync(path)
    if (!status.isDirectory() && !status.isFile()) throw notThere()
    if (realpathSync(path) !== path) throw notThere()
    return path
  } catch (error) {
    if (error instanceof ActionError) throw error
    throw notThere()
  }
}

function isName(name: string): boolean {
  // oxlint-disable-next-line no-control-regex -- they are what is kept out
  return name.length > 0 && name.length <= 255 && !name.startsWith('.') && !/[/\\\u0000-\u001f\u007f]/.test(name)
}

function notThere(): ActionError {
  return new ActionError('NOT_VALID', 'KIOSK', 'the kiosk holds no such source', 'choose one of those listed')
}
