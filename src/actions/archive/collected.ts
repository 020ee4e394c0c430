import { ActionError } from '../action-error.ts'
import { entriesIn, entryIn } from '../folder-entries.ts'
import type { Ops } from '../ops.ts'

/** The folders that lie directly where archives are collected, and may be named: no links, nothing hidden. Empty where there is no such place. */
export async function collectedFolders({ collectedFolder }: Pick<Ops, 'collectedFolder'>): Promise<string[]> {
  return collectedFolder === undefined ? [] : entriesIn(collectedFolder, (entry) => entry.isDirectory())
}

/** Where a named folder lies; undefined where it is not there, or no longer. Nothing is ever written to it. */
export function collectedPath({ collectedFolder }: Pick<Ops, 'collectedFolder'>, name: string): string | undefined {
  return collectedFolder === undefined ? undefined : entryIn(collectedFolder, name)
}

/** As `collectedPath`; throws ActionError NOT_VALID `folder`. */
export function mustBeCollected(ops: Pick<Ops, 'collectedFolder'>, name: string): string {
  const path = collectedPath(ops, name)
  if (path === undefined)
    throw new ActionError('NOT_VALID', 'folder', 'there is no such folder', 'choose one of those listed')
  return path
}
