import type { AppRecord, CatalogueEntry } from '../../apps/index.ts'
import type { Actor, Ops } from '../ops.ts'
import { askFirst } from '../allow.ts'
import { changeApp } from './change-app.ts'

/** The parts in which an entry is written, each on a page of its own. */
export const ENTRY_PARTS = [
  'app',
  'owner',
  'roles',
  'data',
  'flows',
  'supplier',
  'recording',
  'restriction',
  'assessment',
  'security',
  'instruction',
  'review',
  'exit',
  'version',
] as const
export type EntryPart = (typeof ENTRY_PARTS)[number]

/**
 * Writes a part of an app's entry in the catalogue (law row E9). An app that was let onto phones is suspended by it: what was decided on has changed.
 * `change` gives the new entry from the one that is there. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW (`CHANGED_MEANWHILE`, reasons).
 */
export async function changeEntry(
  ops: Ops,
  actor: Actor,
  input: {
    readonly appId: string
    readonly seen: number
    readonly part: EntryPart
    readonly change: (entry: CatalogueEntry) => CatalogueEntry
  },
): Promise<AppRecord> {
  await askFirst(ops, actor, 'app.manage')
  return changeApp(ops, actor, {
    appId: input.appId,
    seen: input.seen,
    act: ({ row, on, by }) => ({ act: 'amend', on, by, entry: input.change(row.record.entry) }),
    logged: (mark, { state }) => ({ kind: 'app.entry_changed', details: { ...mark, part: input.part, state } }),
  })
}
