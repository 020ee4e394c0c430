import type { Compartment } from '../../review/index.ts'
import type { Actor, Ops } from '../ops.ts'

/** An extract open for somebody, in one compartment. */
export interface Opening {
  /** what the log calls its session */
  readonly id: string
  readonly extraction: string
  readonly personId: string
  readonly compartment: Compartment
  readonly purpose: string
  readonly openedAt: Date
  /** unless a page is asked for before */
  readonly endsAt: Date
}

/** The opening of an extract that is live for somebody. */
export async function liveOpening(
  { store: { db }, now }: Ops,
  actor: Pick<Actor, 'id'>,
  extraction: string,
  compartment: Compartment,
): Promise<Opening | undefined> {
  const row = await db
    .selectFrom('openings')
    .selectAll()
    .where('extraction_id', '=', extraction)
    .where('person_id', '=', actor.id)
    .where('compartment', '=', compartment)
    .where('closed_at', 'is', null)
    .where('ends_at', '>', now())
    .orderBy('opened_at', 'desc')
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      extraction,
      personId: row.person_id,
      compartment,
      purpose: row.purpose,
      openedAt: row.opened_at,
      endsAt: row.ends_at,
    }
  )
}
