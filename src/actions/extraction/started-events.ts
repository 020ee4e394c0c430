import { type EventKind, openEvent } from '../../events/index.ts'
import type { Ops } from '../ops.ts'

const KINDS = [
  'extraction.started',
  'extraction.finished',
  'extraction.failed',
  'extraction.cancelled',
  'extraction.called_off',
] as const satisfies readonly EventKind[]

/** What was last written down of an extraction; undefined where nothing was. Whoever was interrupted asks it how far they had come. */
export async function lastEventOf(
  { store: { db } }: Ops,
  caseId: string,
  extraction: string,
): Promise<(typeof KINDS)[number] | undefined> {
  const rows = await db
    .selectFrom('statements')
    .select(['kind', 'envelope'])
    .where('case_id', '=', caseId)
    .where('kind', 'in', KINDS)
    .orderBy('id', 'desc')
    .execute()
  return rows.find(({ envelope }) => openEvent(envelope, []).details['extraction'] === extraction)
    ?.kind as (typeof KINDS)[number]
}
