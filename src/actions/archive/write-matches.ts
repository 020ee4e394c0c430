import { type Kysely, sql } from 'kysely'
import type { Match } from '../../recordings/index.ts'
import type { Tables } from '../../store/index.ts'
import type { Ops } from '../ops.ts'
import type { ArchiveWork } from './archive-work.ts'
import type { ArchiveKeys } from './details.ts'
import type { MatchesNow } from './matches-now.ts'
import { openedItems } from './opened-items.ts'
import { monthAt } from './take-in-recordings.ts'

/** Days for which what is protected or unresolved waits for somebody, where nobody says otherwise. */
export const WAITS_DAYS = 28
const DAY = 86_400_000

interface Row {
  readonly id: string
  readonly class: string
  readonly codes: string
  readonly follows: string | null
  readonly likely: number
  readonly recorder: string | null
  readonly month: string | null
  readonly sealed: string
  /** of class C or D; what is held waits for nobody */
  readonly waits: boolean
}

/**
 * Writes what a matching came to into the rows of an archive, in the caller's transaction: class, codes and deadline in plain, facts and targets sealed. What
 * waited before goes on waiting until the day it had.
 */
export async function writeMatches(
  ops: Ops,
  db: Kysely<Tables>,
  keys: ArchiveKeys,
  { matches, names }: MatchesNow,
  work: Pick<ArchiveWork, 'goesOn'>,
): Promise<void> {
  const found = new Map(matches.map((match) => [match.item.id, match]))
  for await (const page of openedItems(db, keys)) {
    work.goesOn()
    const rows = page.flatMap(({ id, details }): Row[] => {
      const match = found.get(id)
      if (match === undefined) return []
      const { facts, reasons, likelyCopies } = match
      const named = names.parse(details.path)
      const sealed = keys.sealDetails(id, { ...details, named, facts, reasons, likelyCopies })
      return [
        {
          id,
          class: match.class,
          codes: reasons.map(({ code }) => code).join(' '),
          follows: match.follows?.id ?? null,
          likely: likelyCopies.length,
          recorder: named?.recorder ?? null,
          month: monthOf(match) ?? null,
          sealed: sealed.toString('hex'),
          waits: (match.class === 'C' || match.class === 'D') && reasons.every(({ code }) => code !== 'hold'),
        },
      ]
    })
    await writeRows(db, keys.archiveId, rows, ops.now())
  }
}

function monthOf({ facts: { began } }: Match): string | undefined {
  return began.length === 0 ? undefined : monthAt(Math.min(...began.map(({ from }) => from)))
}

async function writeRows(db: Kysely<Tables>, archiveId: string, rows: readonly Row[], now: Date): Promise<void> {
  const deadline = new Date(now.getTime() + WAITS_DAYS * DAY)
  await sql`
    UPDATE archive_items i SET
      class = n.class,
      codes = string_to_array(n.codes, ' '),
      follows = n.follows,
      likely_copies = n.likely,
      recorder = n.recorder,
      month = n.month,
      sealed = decode(n.sealed, 'hex'),
      waits_since = CASE WHEN n.waits THEN coalesce(i.waits_since, ${now}) END,
      deadline = CASE WHEN n.waits THEN coalesce(i.deadline, ${deadline}) END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS n(id text, class text, codes text, follows text, likely integer, recorder text, month text, sealed text, waits boolean)
    WHERE i.archive_id = ${archiveId} AND i.id = n.id AND i.state = 'held'`.execute(db)
}
