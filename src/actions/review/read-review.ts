import { couldEver } from '../../access/index.ts'
import type { Compartment } from '../../review/index.ts'
import { allow, refused } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { OPENING_ACT } from './purposes.ts'

/** An extract that waits for somebody. */
export interface WaitingExtract {
  readonly extraction: string
  readonly caseReference: string
  readonly exhibit: string
  readonly since: Date
  /** of what was set apart: how many records wait for a decision */
  readonly records: number
}

/** Extracts in cases of this person that they could open and never have. */
export async function extractsToReview({ store: { db } }: Ops, actor: Actor): Promise<WaitingExtract[]> {
  if (!couldEver(actor, 'extract.open')) return []
  const rows = await db
    // First the few that are left, of all that somebody ever read; what they are called is looked up for them alone.
    .with(
      (cte) => cte('unread').materialized(),
      (make) =>
        make
          .selectFrom('case_members')
          .innerJoin('holdings', 'holdings.case_id', 'case_members.case_id')
          .select('holdings.extraction_id')
          .where('case_members.person_id', '=', actor.id)
          .where('case_members.capacity', 'in', ['investigator', 'reviewer', 'disclosure_officer'])
          .where('holdings.destroyed_at', 'is', null)
          .where('holdings.restricted_at', 'is', null)
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('openings')
                  .select('openings.id')
                  .whereRef('openings.extraction_id', '=', 'holdings.extraction_id')
                  .where('openings.person_id', '=', actor.id),
              ),
            ),
          ),
    )
    .selectFrom('unread')
    .innerJoin('extractions', 'extractions.id', 'unread.extraction_id')
    .innerJoin('requests', 'requests.id', 'extractions.request_id')
    .innerJoin('cases', 'cases.id', 'requests.case_id')
    .innerJoin('devices', 'devices.id', 'requests.device_id')
    .select(['extractions.id', 'extractions.finished_at', 'cases.reference', 'devices.exhibit'])
    .where('extractions.state', '=', 'sealed')
    // Where something else came to light nobody begins to read.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('finds')
            .select('finds.id')
            .whereRef('finds.extraction_id', '=', 'extractions.id')
            .where('decided_at', 'is', null),
        ),
      ),
    )
    .orderBy('extractions.finished_at')
    .limit(50)
    .execute()
  return rows.map(({ id, finished_at, reference, exhibit }) => ({
    extraction: id,
    caseReference: reference,
    exhibit,
    since: finished_at ?? new Date(0),
    records: 0,
  }))
}

/** What was set apart in cases of this person and waits for their decision. */
export async function setApartToDecide(
  { store: { db } }: Ops,
  actor: Actor,
  compartment: Exclude<Compartment, 'main'>,
): Promise<WaitingExtract[]> {
  if (!couldEver(actor, OPENING_ACT[compartment])) return []
  const rows = await db
    .selectFrom('tags')
    .innerJoin('extractions', 'extractions.id', 'tags.extraction_id')
    .innerJoin('requests', 'requests.id', 'extractions.request_id')
    .innerJoin('cases', 'cases.id', 'requests.case_id')
    .innerJoin('devices', 'devices.id', 'requests.device_id')
    .innerJoin('case_members', (join) =>
      join.onRef('case_members.case_id', '=', 'cases.id').on('case_members.person_id', '=', actor.id),
    )
    .select(['extractions.id', 'cases.reference', 'devices.exhibit'])
    .select(({ fn }) => [fn.countAll<number>().as('records'), fn.min('tags.tagged_at').as('since')])
    .where('tags.tag', '=', compartment)
    .where('tags.decided', 'is', null)
    .groupBy(['extractions.id', 'cases.reference', 'devices.exhibit'])
    .execute()
  return rows.map(({ id, reference, exhibit, records, since }) => ({
    extraction: id,
    caseReference: reference,
    exhibit,
    since: since as Date,
    records: Number(records),
  }))
}

/** What somebody is told of an extract before they open it: no more than which it is. */
export interface BeforeOpening {
  readonly extraction: string
  readonly caseId: string
  readonly caseReference: string
  readonly reference: string
  readonly exhibit: string
  readonly device: string
  readonly lines: readonly { readonly id: string; readonly proposition: string }[]
  readonly restricted: boolean
  readonly withdrawn: boolean
  /** something else came to light, and waits for a decision */
  readonly stopped: boolean
  readonly destroyed: boolean
}

/** Reads what stands on the page on which somebody says for what they open an extract. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readBeforeOpening(
  ops: Ops,
  actor: Actor,
  extraction: string,
  compartment: Compartment,
): Promise<BeforeOpening> {
  const decided = await allow(
    ops,
    actor,
    OPENING_ACT[compartment],
    { of: 'extraction', id: extraction },
    { stepUp: true },
  )
  if (!decided.allowed) throw refused(decided)
  const row = await ops.store.db
    .selectFrom('extractions')
    .innerJoin('requests', 'requests.id', 'extractions.request_id')
    .innerJoin('cases', 'cases.id', 'requests.case_id')
    .innerJoin('devices', 'devices.id', 'requests.device_id')
    .leftJoin('holdings', 'holdings.extraction_id', 'extractions.id')
    .select([
      'cases.id as case_id',
      'cases.reference as case_reference',
      'requests.reference',
      'requests.document',
      'devices.exhibit',
      'devices.description',
      'holdings.restricted_at',
      'holdings.destroyed_at',
    ])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('withdrawals').select('withdrawals.id').whereRef('withdrawals.request_id', '=', 'requests.id'),
      ).as('withdrawn'),
    )
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('finds')
          .select('finds.id')
          .whereRef('finds.extraction_id', '=', 'extractions.id')
          .where('decided_at', 'is', null),
      ).as('stopped'),
    )
    .where('extractions.id', '=', extraction)
    .executeTakeFirstOrThrow()
  return {
    extraction,
    caseId: row.case_id,
    caseReference: row.case_reference,
    reference: row.reference,
    exhibit: row.exhibit,
    device: row.description,
    lines: (row.document['lines_of_enquiry'] ?? []) as BeforeOpening['lines'],
    restricted: row.restricted_at !== null,
    withdrawn: Boolean(row.withdrawn),
    stopped: Boolean(row.stopped),
    destroyed: row.destroyed_at !== null,
  }
}
