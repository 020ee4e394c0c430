import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ops } from '../ops.ts'

/** Where the extract of an extraction lies. */
export function extractPath({ extractsFolder }: Pick<Ops, 'extractsFolder'>, id: string): string {
  return join(extractsFolder, `${id}.peel`)
}

/** Removes what was written at a place for a container, finished or not. */
export async function discardContainer(path: string): Promise<void> {
  for (const one of [path, `${path}.unfinished`]) await rm(one, { recursive: true, force: true, maxRetries: 5 })
}
