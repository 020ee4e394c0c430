import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { UNFINISHED } from '../vault/index.ts'

/** What is made anew where it is missing, and would be torn where it is copied while somebody writes it. */
const INVENTORY = 'inventory'

/**
 * Copies archives of call recordings, sealed as they lie: recordings, registers and the keys of their rows, which only the keyring opens. What is destroyed
 * while it goes on is left out. Gives their ids.
 */
export function copyArchives(data: string, making: string): string[] {
  const from = join(data, 'archives')
  if (!existsSync(from)) return []
  const ids = readdirSync(from).sort()
  for (const id of ids) {
    mkdirSync(join(making, 'archives', id), { recursive: true, mode: 0o700 })
    for (const entry of readdirSync(join(from, id), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name).slice(join(from, id).length + 1)
      if (!entry.isFile() || path.startsWith(`${INVENTORY}${sep}`) || path.endsWith(UNFINISHED)) continue
      const to = join(making, 'archives', id, path)
      mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
      copyUnlessGone(join(from, id, path), to)
    }
  }
  return ids
}

function copyUnlessGone(from: string, to: string): void {
  try {
    copyFileSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
