import { hash } from 'node:crypto'
import { globSync, lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every file below a folder with its digest, size, permissions and time of change: equal before and after, or it was touched. */
export function stateOf(folder: string): Record<string, string> {
  const state: Record<string, string> = {}
  for (const path of globSync('**', { cwd: folder }).sort()) {
    const status = lstatSync(join(folder, path))
    const digest = status.isFile() ? hash('sha256', readFileSync(join(folder, path))) : 'folder'
    state[path] = `${digest} ${status.size} ${status.mode} ${status.mtimeMs}`
  }
  return state
}
