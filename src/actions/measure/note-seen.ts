import { sql } from 'kysely'
import { unlessBeingSealed } from '../destruction/sealing.ts'
import type { Ops } from '../ops.ts'

/** Remembers that records of an extract were shown to whoever reviews it: which, not to whom or when, so that it can be said how many were looked at. */
export async function noteSeen({ store: { db } }: Ops, extraction: string, records: readonly string[]): Promise<void> {
  if (records.length === 0) return
  // What was destroyed meanwhile must leave no trace here.
  await db.transaction().execute(async (tx) => {
    await unlessBeingSealed(tx, extraction)
    await sql`INSERT INTO seen_records (extraction_id, record_id) SELECT ${extraction}, unnest(${[...records]}::text[])
      ON CONFLICT DO NOTHING`.execute(tx)
  })
}
