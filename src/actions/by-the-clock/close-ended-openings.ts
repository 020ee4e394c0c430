import { type Ops, SERVICE_ACTOR } from '../ops.ts'
import { readersOf } from '../review/open-readers.ts'

/**
 * Closes every opening of an extract whose time is over and that nobody closed (law row C19: nothing stays open by default). Gives how many. The key
 * was of no use any more from the moment that `ends_at` names; this says so in the log. May be interrupted and called again.
 */
export async function closeEndedOpenings(ops: Ops): Promise<number> {
  const { db } = ops.store
  const ended = await db
    .selectFrom('openings')
    .innerJoin('extractions', 'extractions.id', 'openings.extraction_id')
    .innerJoin('requests', 'requests.id', 'extractions.request_id')
    .innerJoin('cases', 'cases.id', 'requests.case_id')
    .innerJoin('decisions', (join) =>
      join.onRef('decisions.request_id', '=', 'requests.id').on('decisions.outcome', '=', 'granted'),
    )
    .select([
      'openings.id',
      'openings.extraction_id',
      'openings.ends_at',
      'cases.id as caseId',
      'cases.pseudonym',
      'decisions.leaf',
    ])
    .where('openings.closed_at', 'is', null)
    .where('openings.ends_at', '<=', ops.now())
    .orderBy('openings.ends_at')
    .execute()
  for (const { id, extraction_id, ends_at, caseId, pseudonym, leaf } of ended) {
    await ops.journal.record({
      kind: 'extract.closed',
      actor: SERVICE_ACTOR,
      case: { caseId, pseudonym },
      authorisation: leaf ?? undefined,
      details: { extract: extraction_id, session: id, because: 'time' },
    })
    await db
      .updateTable('openings')
      .set({ closed_at: ends_at })
      .where('id', '=', id)
      .where('closed_at', 'is', null)
      .execute()
  }
  if (ended.length > 0) await readersOf(ops).sweep()
  return ended.length
}
