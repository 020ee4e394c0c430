import { type Kysely, sql } from 'kysely'
import { type Class, type ReasonCode, REASONS } from '../../../recordings/index.ts'
import type { Tables } from '../../../store/index.ts'
import { WAITS_DAYS } from '../write-matches.ts'
import type { Touched } from './touched-by.ts'

const DAY = 86_400_000

/** Reasons that ask for a class: what was released keeps them, and is of that class again. */
function codesOf(wanted: Class): string[] {
  return Object.keys(REASONS).filter((code) => REASONS[code as ReasonCode][0] === wanted)
}

/**
 * Writes a hold into the rows that it is on, and into what they are copies of: class B, unless a rule asks for A or C, which win; what is
 * held waits for nobody. What is likely another copy of one of them is unresolved. The next matching finds the same. In the caller's transaction, under
 * the archive's lock.
 */
export async function markHeld(db: Kysely<Tables>, archiveId: string, touched: Touched, now: Date): Promise<void> {
  const { held, alike } = touched
  const which =
    held === 'all'
      ? sql`true`
      : sql`(i.id = ANY (${held}::text[]) OR i.id IN (SELECT c.follows FROM archive_items c
          WHERE c.archive_id = ${archiveId} AND c.id = ANY (${held}::text[])))`
  await sql`
    UPDATE archive_items i SET
      class = CASE WHEN i.class IS NULL OR i.class = 'F' THEN i.class
        WHEN i.codes && ${codesOf('C')}::text[] THEN 'C'
        WHEN i.codes && ${codesOf('A')}::text[] THEN 'A' ELSE 'B' END,
      codes = CASE WHEN i.class IS NULL THEN i.codes
        ELSE array_append(array_remove(array_remove(i.codes, 'released'), 'no_tie'), 'hold') END,
      waits_since = NULL,
      deadline = NULL
    WHERE i.archive_id = ${archiveId} AND i.state = 'held' AND NOT i.codes @> '{hold}' AND ${which}`.execute(db)
  if (alike.length === 0) return
  await sql`
    UPDATE archive_items i SET
      class = 'D',
      codes = array_append(array_remove(array_remove(i.codes, 'released'), 'no_tie'), 'likely_copy_tied'),
      waits_since = ${now},
      deadline = ${new Date(now.getTime() + WAITS_DAYS * DAY)}
    WHERE i.archive_id = ${archiveId} AND i.state = 'held' AND i.class = 'E' AND i.id = ANY (${alike}::text[])`.execute(
    db,
  )
}
