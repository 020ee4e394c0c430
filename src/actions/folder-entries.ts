import { type Dirent, lstatSync, realpathSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Most that a page lists. */
const MOST = 200

/** What lies directly in a folder and may be named: no links, nothing hidden. Sorted; empty where there is no such folder. */
export async function entriesIn(folder: string, may: (entry: Dirent) => boolean): Promise<string[]> {
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => may(entry) && isName(entry.name))
    .map(({ name }) => name)
    .sort()
    .slice(0, MOST)
}

/**
 * Where a named entry lies. Undefined for anything that is not directly in the folder, or is a link: whoever may name something there may not name the
 * rest of this machine.
 */
export function entryIn(folder: string, name: string): string | undefined {
  if (!isName(name)) return undefined
  try {
    const path = join(realpathSync(folder), name)
    const status = lstatSync(path)
    if (!status.isDirectory() && !status.isFile()) return undefined
    return realpathSync(path) === path ? path : undefined
  } catch {
    return undefined
  }
}

function isName(name: string): boolean {
  // oxlint-disable-next-line no-control-regex -- they are what is kept out
  return name.length > 0 && name.length <= 255 && !name.startsWith('.') && !/[/\\\u0000-\u001f\u007f]/.test(name)
}
