import { type ArchiveHold, Holds } from '../../../recordings/index.ts'
import type { Ops } from '../../ops.ts'
import type { ArchiveKeys, RecordingDetails } from '../details.ts'
import { openedItems } from '../opened-items.ts'

/** What a new hold is on, before anything is matched again. */
export interface Touched {
  /** ids; `all` of an archive */
  readonly held: 'all' | readonly string[]
  /** ids of what is likely another copy of one of them */
  readonly alike: readonly string[]
}

/** Finds the recordings that a hold is on, by what the last matching found of them. Throws ActionError DAMAGED. */
export async function touchedBy(ops: Ops, keys: ArchiveKeys, hold: ArchiveHold): Promise<Touched> {
  if (hold.on === 'archive') return { held: 'all', alike: [] }
  const holds = new Holds([hold], ops.now().getTime())
  const held: string[] = []
  const alike = new Set<string>()
  const look = (id: string, details: RecordingDetails) => {
    const known = details.facts ?? { devices: details.device === '' ? [] : [details.device], holders: [], numbers: [] }
    if (holds.on({ occurrences: [], ...known, id }).length === 0) return
    held.push(id)
    for (const other of details.likelyCopies ?? []) if (other !== id) alike.add(other)
  }
  if (hold.on === 'item') {
    const row = await ops.store.db
      .selectFrom('archive_items')
      .select(['id', 'sealed'])
      .where('archive_id', '=', keys.archiveId)
      .where('id', '=', hold.target ?? '')
      .executeTakeFirst()
    if (row !== undefined && row.sealed !== null) look(row.id, keys.openDetails(row.id, row.sealed))
  } else for await (const page of openedItems(ops.store.db, keys)) for (const { id, details } of page) look(id, details)
  return { held, alike: [...alike] }
}
