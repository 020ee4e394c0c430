import { NameParser } from '../../../recordings/index.ts'
import type { Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'
import { withArchiveKeys } from '../details.ts'
import { openedItems } from '../opened-items.ts'

/**
 * Gives recordings of an archive names as a recorder wrote them that nobody knows: number, day, time, and E or S for which way it went. Gives the ids of those
 * that were named so, at most `most`, and leaves the rest as it is.
 */
export async function unreadNamesIn(ops: Ops, archiveId: string, most = 60): Promise<string[]> {
  const { generation } = await archiveRow(ops, archiveId)
  const names = new NameParser()
  return withArchiveKeys(ops, { id: archiveId, generation }, async (keys) => {
    const renamed: string[] = []
    for await (const page of openedItems(ops.store.db, keys))
      for (const { id, details } of page) {
        const { named, device } = details
        const [number] = named?.numbers ?? []
        const at = named?.started?.at[0]
        if (renamed.length >= most || number === undefined || at === undefined || named?.direction === undefined)
          continue
        const [day = '', time = ''] = clocks.format(new Date(at)).split(', ')
        const way = named.direction === 'in' ? 'E' : 'S'
        const path = `${device}/Kept/${number}-${day.replaceAll('/', '')} ${time.replace(':', '.')} ${way}.amr`
        const { named: _, ...rest } = details
        const parsed = names.parse(path)
        const sealed = keys.sealDetails(id, { ...rest, path, ...(parsed !== undefined && { named: parsed }) })
        await ops.store.db
          .updateTable('archive_items')
          .set({ sealed, recorder: parsed?.recorder ?? null })
          .where('archive_id', '=', archiveId)
          .where('id', '=', id)
          .execute()
        renamed.push(id)
      }
    return renamed
  })
}

const clocks = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Europe/London',
})
