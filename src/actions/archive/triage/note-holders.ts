import type { Kysely } from 'kysely'
import { mark, type Match } from '../../../recordings/index.ts'
import type { Tables } from '../../../store/index.ts'
import type { ArchiveKeys } from '../details.ts'

/** Writes down, by marks, who held the phones of an archive as the registers know it, in the caller's transaction: they are asked what their recordings are. */
export async function noteHolders(
  db: Kysely<Tables>,
  { archiveId, marks }: ArchiveKeys,
  matches: readonly Match[],
): Promise<void> {
  const holders = new Set<string>()
  for (const { facts } of matches) for (const holder of facts.holders) holders.add(holder)
  const rows = [...holders].map((holder) => ({ archive_id: archiveId, mark: mark(marks, 'holder', holder) }))
  await db.deleteFrom('archive_holders').where('archive_id', '=', archiveId).execute()
  for (let at = 0; at < rows.length; at += 1000)
    await db
      .insertInto('archive_holders')
      .values(rows.slice(at, at + 1000))
      .execute()
}
