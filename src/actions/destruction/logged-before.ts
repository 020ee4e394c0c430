import { type EventKind, openEvent } from '../../events/index.ts'
import type { Ops } from '../ops.ts'

/** What was written down of a step that was interrupted after its entry: its details, and where it stands. */
export interface LoggedBefore {
  readonly leaf: number
  readonly details: Readonly<Record<string, unknown>>
}

/** The entry of this kind about a destruction; undefined where there is none yet. Whoever takes it up again writes it down once. */
export async function loggedBefore(
  { store: { db } }: Ops,
  caseId: string,
  kind: EventKind,
  destruction: string,
): Promise<LoggedBefore | undefined> {
  const rows = await db
    .selectFrom('statements')
    .select(['leaf', 'envelope'])
    .where('case_id', '=', caseId)
    .where('kind', '=', kind)
    .where('leaf', 'is not', null)
    .execute()
  for (const { leaf, envelope } of rows) {
    const { details } = openEvent(envelope, [])
    if (details['destruction'] === destruction) return { leaf: leaf as number, details }
  }
  return undefined
}
