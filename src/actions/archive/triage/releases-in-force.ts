import { type Kysely, sql } from 'kysely'
import type { ReasonCode, Release } from '../../../recordings/index.ts'
import type { Tables } from '../../../store/index.ts'

/** What people have released of an archive: of each recording the newest decision, where that is a release (law row E14). */
export async function releasesInForce(db: Kysely<Tables>, archiveId: string): Promise<Release[]> {
  const { rows } = await sql<{ id: string; item_id: string; outcome: string; codes: string[]; targets: string[] }>`
    SELECT DISTINCT ON (item_id) id, item_id, outcome, codes, targets FROM recording_decisions
    WHERE archive_id = ${archiveId} ORDER BY item_id, decided_at DESC, id`.execute(db)
  return rows
    .filter(({ outcome }) => outcome === 'release')
    .map(({ id, item_id, codes, targets }) => ({ id, item: item_id, codes: codes as ReasonCode[], targets }))
}
