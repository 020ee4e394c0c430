import type { Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import type { BreachKind } from './report-breach.ts'

/** Within so many hours the Commissioner is told, where feasible (DPA 2018 s.67(1)). */
export const BREACH_HOURS = 72
const HOUR = 3_600_000

/** A breach with what was decided of it. */
export interface Breach {
  readonly id: string
  readonly kind: BreachKind
  readonly awareAt: Date
  /** the end of the 72 hours */
  readonly until: Date
  /** `decided`: nobody waits; else whether the hours have run out */
  readonly clock: 'running' | 'over' | 'decided'
  readonly facts: string
  readonly effects: string
  readonly remedy: string
  readonly reportedBy: string
  readonly reportedAt: Date
  readonly decisions: readonly {
    readonly commissioner: string
    readonly commissionerReasons: string
    readonly lateReasons: string | null
    readonly people: string
    readonly peopleReasons: string
    readonly by: string
    readonly at: Date
  }[]
}

/** The register: every breach, the newest first. For whoever may see it: ask the policy first. */
export async function readBreaches(ops: Ops): Promise<Breach[]> {
  return breaches(ops)
}

async function breaches(ops: Ops, only?: string): Promise<Breach[]> {
  const { db } = ops.store
  const [rows, decisions] = await Promise.all([
    db
      .selectFrom('breaches')
      .innerJoin('people', 'people.id', 'breaches.reported_by')
      .selectAll('breaches')
      .select('people.name')
      .$if(only !== undefined, (query) => query.where('breaches.id', '=', only as string))
      .orderBy('aware_at', 'desc')
      .execute(),
    db
      .selectFrom('breach_decisions')
      .innerJoin('people', 'people.id', 'breach_decisions.decided_by')
      .selectAll('breach_decisions')
      .select('people.name')
      .$if(only !== undefined, (query) => query.where('breach_id', '=', only as string))
      .orderBy('decided_at')
      .execute(),
  ])
  return rows.map(({ id, kind, aware_at, facts, effects, remedy, name, reported_at }) => {
    const decided = decisions.filter(({ breach_id }) => breach_id === id)
    const until = new Date(aware_at.getTime() + BREACH_HOURS * HOUR)
    return {
      id,
      kind,
      awareAt: aware_at,
      until,
      clock: decided.length > 0 ? 'decided' : ops.now() < until ? 'running' : 'over',
      facts,
      effects,
      remedy,
      reportedBy: name,
      reportedAt: reported_at,
      decisions: decided.map((one) => ({
        commissioner: one.commissioner,
        commissionerReasons: one.commissioner_reasons,
        lateReasons: one.late_reasons,
        people: one.people,
        peopleReasons: one.people_reasons,
        by: one.name,
        at: one.decided_at,
      })),
    }
  })
}

/** One of them; undefined where there is none. */
export async function readBreach(ops: Ops, id: string): Promise<Breach | undefined> {
  if (!isId(id)) return undefined
  const [found] = await breaches(ops, id)
  return found
}
