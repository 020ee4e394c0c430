import { ActionError } from '../action-error.ts'
import { entriesIn, entryIn } from '../folder-entries.ts'
import type { Ops } from '../ops.ts'

/** What lies directly in the kiosk's folder and may be named: folders and files, no links, nothing hidden. Empty where there is no kiosk. */
export async function kioskEntries({ kioskFolder }: Pick<Ops, 'kioskFolder'>): Promise<string[]> {
  if (kioskFolder === undefined) return []
  return entriesIn(kioskFolder, (entry) => entry.isDirectory() || entry.isFile())
}

/** Where a named entry lies. Throws ActionError NOT_VALID `KIOSK` for anything that is not directly in the folder, or is a link. */
export function kioskPath({ kioskFolder }: Pick<Ops, 'kioskFolder'>, name: string): string {
  const path = kioskFolder === undefined ? undefined : entryIn(kioskFolder, name)
  if (path === undefined)
    throw new ActionError('NOT_VALID', 'KIOSK', 'the kiosk holds no such source', 'choose one of those listed')
  return path
}
