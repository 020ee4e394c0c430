import { allow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'

/** An extract in which records were tagged as the sexual history of a complainant, and how many. */
export interface SexualHistory {
  readonly extraction: string
  readonly exhibit: string
  readonly records: number
}

/**
 * Extracts of a case with something that may be the sexual history of a complainant (Youth Justice and Criminal Evidence Act 1999 s.41, law row G13): a
 * count, for whoever discloses; for anybody else there is none. What was set apart is not counted: nobody may tell from here how much of it there is.
 */
export async function sexualHistoryIn(ops: Ops, actor: Actor, caseId: string): Promise<SexualHistory[]> {
  const rows = await ops.store.db
    .selectFrom('tags')
    .innerJoin('extractions', 'extractions.id', 'tags.extraction_id')
    .innerJoin('requests', 'requests.id', 'extractions.request_id')
    .innerJoin('devices', 'devices.id', 'requests.device_id')
    .select(['extractions.id', 'devices.exhibit', ({ fn }) => fn.countAll<number>().as('records')])
    .where('requests.case_id', '=', caseId)
    .where('tags.tag', '=', 'sexual_history')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('tags as apart')
            .select('apart.tag')
            .whereRef('apart.extraction_id', '=', 'tags.extraction_id')
            .whereRef('apart.record_id', '=', 'tags.record_id')
            .where('apart.tag', 'in', ['privileged', 'excess']),
        ),
      ),
    )
    .groupBy(['extractions.id', 'devices.exhibit'])
    .orderBy('devices.exhibit')
    .execute()
  if (rows.length === 0) return []
  const discloses = await allow(ops, actor, 'extract.disclose', { of: 'case', id: caseId }, { stepUp: true })
  if (!discloses.allowed) return []
  return rows.map(({ id, exhibit, records }) => ({ extraction: id, exhibit, records: Number(records) }))
}
