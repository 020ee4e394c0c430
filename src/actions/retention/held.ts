import type { Selectable } from 'kysely'
import {
  dayOf,
  applySchedule,
  type Decision,
  type Holding,
  type HoldKind,
  STARTING_SCHEDULE,
} from '../../retention/index.ts'
import type { CasesTable, HoldingsTable, HoldsTable, Store } from '../../store/index.ts'

type HoldRow = Selectable<HoldsTable>

/** Something that is held, with the verdict on it today. */
export interface Held {
  readonly extraction: string
  readonly caseId: string
  readonly caseReference: string
  readonly exhibit: string
  readonly reference: string
  readonly owner: string
  readonly ownerName: string
  readonly row: Selectable<HoldingsTable>
  readonly holds: readonly HoldRow[]
  readonly holding: Holding
  readonly decision: Decision
}

/** Which of them. */
export interface HeldFilter {
  readonly extraction?: string
  /** only cases of this member */
  readonly memberOf?: string
  /**
   * only what may have this verdict, as far as its row says so: the schedule is asked of what comes back, and of no more. A force holds tens of
   * thousands of extracts, and nobody reads so many.
   */
  readonly due?: Due
  /** rows at most, the soonest reviews first */
  readonly most?: number
}

export type Due = 'review' | 'destruction' | 'restricted'

/** Reads what is held and not destroyed, each with the schedule's verdict. */
export async function heldNow(store: Store, now: Date, filter: HeldFilter = {}): Promise<Held[]> {
  const rows = await filtered(store, now, filter)
    .innerJoin('cases', 'cases.id', 'holdings.case_id')
    .innerJoin('extractions', 'extractions.id', 'holdings.extraction_id')
    .innerJoin('requests', 'requests.id', 'extractions.request_id')
    .innerJoin('devices', 'devices.id', 'requests.device_id')
    .innerJoin('people', 'people.id', 'holdings.owner_id')
    .selectAll('holdings')
    .select([
      'cases.reference as case_reference',
      'cases.outcome as case_outcome',
      'cases.outcome_on as case_outcome_on',
      'requests.reference as request_reference',
      'devices.exhibit',
      'people.name as owner_name',
    ])
    .orderBy('holdings.review_on')
    .orderBy('holdings.extraction_id')
    .limit(filter.most ?? NO_LIMIT)
    .execute()
  if (rows.length === 0) return []
  const holds = await store.db
    .selectFrom('holds')
    .selectAll()
    // Not by a list of ids: a force holds more than a statement may have parameters.
    .where('extraction_id', '=', ({ fn, val }) => fn.any(val(rows.map(({ extraction_id }) => extraction_id))))
    .orderBy('set_at')
    .execute()
  const holdsOf = Map.groupBy(holds, ({ extraction_id }) => extraction_id)
  return rows.map((row) => {
    const own = holdsOf.get(row.extraction_id) ?? []
    const holding = holdingOf(row, { outcome: row.case_outcome, outcome_on: row.case_outcome_on }, own)
    return {
      extraction: row.extraction_id,
      caseId: row.case_id,
      caseReference: row.case_reference,
      exhibit: row.exhibit,
      reference: row.request_reference,
      owner: row.owner_id,
      ownerName: row.owner_name,
      row,
      holds: own,
      holding,
      decision: applySchedule(holding, STARTING_SCHEDULE, now),
    }
  })
}

const NO_LIMIT = 2 ** 31 - 1

/** How many there are of these. */
export async function countHeld(store: Store, now: Date, filter: HeldFilter): Promise<number> {
  const { count } = await filtered(store, now, filter)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

function filtered({ db }: Store, now: Date, { extraction, memberOf, due }: HeldFilter) {
  const today = dayOf(now)
  let query = db.selectFrom('holdings').where('holdings.destroyed_at', 'is', null)
  if (extraction !== undefined) query = query.where('holdings.extraction_id', '=', extraction)
  if (memberOf !== undefined)
    query = query.where('holdings.case_id', 'in', (eb) =>
      eb.selectFrom('case_members').select('case_id').where('person_id', '=', memberOf),
    )
  if (due === 'destruction') query = query.where('holdings.review_outcome', '=', 'dispose')
  if (due === 'restricted') query = query.where('holdings.restricted_at', 'is not', null)
  if (due === 'review')
    query = query.where((eb) =>
      eb.or([
        eb('holdings.review_on', '<=', today),
        // A hold is looked at again, too.
        eb('holdings.extraction_id', 'in', (holds) =>
          holds
            .selectFrom('holds')
            .select('holds.extraction_id')
            .where('lifted_at', 'is', null)
            .where('review_on', '<=', today),
        ),
      ]),
    )
  return query
}

/** A row as the schedule knows it. */
export function holdingOf(
  row: Selectable<HoldingsTable>,
  about: Pick<Selectable<CasesTable>, 'outcome' | 'outcome_on'>,
  holds: readonly HoldRow[],
): Holding {
  return {
    id: row.extraction_id,
    objectClass: row.object_class as Holding['objectClass'],
    group: row.retention_group as Holding['group'],
    personRole: row.person_role as Holding['personRole'],
    child: row.child,
    created: row.created_on,
    ...(about.outcome !== null &&
      about.outcome_on !== null && {
        caseOutcome: { kind: about.outcome as NonNullable<Holding['caseOutcome']>['kind'], on: about.outcome_on },
      }),
    ...(row.reviewed_on !== null &&
      row.review_outcome !== null && { reviewed: { on: row.reviewed_on, outcome: row.review_outcome } }),
    relevance: row.relevance,
    evidence: row.evidence,
    holds: holds.map(({ id, kind, set_at, review_on, lifted_at }) => ({
      id,
      kind: kind as HoldKind,
      placed: dayOf(set_at),
      reviewOn: review_on,
      ...(lifted_at !== null && { lifted: dayOf(lifted_at) }),
    })),
    owner: row.owner_id,
  }
}

/** The index in the log of the grant under which something was taken. */
export async function grantLeaf({ db }: Store, extraction: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('extractions')
    .innerJoin('decisions', 'decisions.request_id', 'extractions.request_id')
    .select('decisions.leaf')
    .where('extractions.id', '=', extraction)
    .where('decisions.outcome', '=', 'granted')
    .executeTakeFirst()
  return row?.leaf ?? undefined
}
