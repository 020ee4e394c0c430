import type { Kysely } from 'kysely'
import { type Item, itemFrom, type NameParser } from '../../recordings/index.ts'
import type { Tables } from '../../store/index.ts'
import type { ArchiveKeys, RecordingDetails } from './details.ts'

/** Rows that are read, or written, at once. */
export const PAGE = 1000

/** The row of a recording that is there, with what is sealed in it. */
export interface OpenedItem {
  readonly id: string
  readonly sha256: string
  readonly bytes: number
  readonly details: RecordingDetails
}

/**
 * Every recording that an archive holds, in the order of ids, page by page, opened: nothing that is past is kept. `after` begins behind an id. Throws
 * ActionError DAMAGED.
 */
export async function* openedItems(
  db: Kysely<Tables>,
  keys: ArchiveKeys,
  after = '',
): AsyncGenerator<readonly OpenedItem[]> {
  for (let last = after; ; ) {
    const rows = await db
      .selectFrom('archive_items')
      .select(['id', 'sha256', 'bytes', 'sealed'])
      .where('archive_id', '=', keys.archiveId)
      .where('state', '=', 'held')
      .where('generation', '=', keys.generation)
      .where('id', '>', last)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    if (rows.length === 0) return
    yield rows.flatMap(({ id, sha256, bytes, sealed }) =>
      sealed === null ? [] : [{ id, sha256, bytes, details: keys.openDetails(id, sealed) }],
    )
    last = (rows.at(-1) as { id: string }).id
  }
}

/** A recording as matching takes it; its name is read anew, because since then a template may have been learnt. */
export function itemToMatch({ id, sha256, bytes, details }: OpenedItem, names: NameParser): Item {
  const { path, device, audio, said, listed } = details
  const named = names.parse(path)
  return itemFrom({ path, device, bytes, sha256, named, audio, said, listed }, id)
}
