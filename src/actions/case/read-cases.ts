import { sql } from 'kysely'
import { mayHoldTogether, whoMay } from '../../access/index.ts'
import type { Actor, Ops } from '../ops.ts'

/** What a list of cases is narrowed by; each may be absent. */
export interface CaseFilter {
  /** looked for in references, offences and exhibits */
  readonly search?: string
  readonly state?: 'open' | 'closed'
  /** only those that the person opened */
  readonly mine?: boolean
  /** only those with a device that the police hold */
  readonly held?: boolean
  /** from 1 */
  readonly page?: number
}

/** One line of the list. */
export interface CaseLine {
  readonly id: string
  readonly reference: string
  readonly offence: string
  readonly officer: string
  readonly openedAt: Date
  readonly closedAt: Date | null
  readonly devices: number
  /** devices that were not returned */
  readonly held: number
  readonly requests: number
}

export interface CaseList {
  readonly cases: readonly CaseLine[]
  /** of all pages */
  readonly total: number
  readonly page: number
  readonly pages: number
}

const A_PAGE = 25
/** Longest text that is looked for. */
const LONGEST_SEARCH = 80

/** Whether somebody sees every case: the data protection officer does, and nobody else (law rows H12, C19). */
export function seesEveryCase(actor: Actor): boolean {
  const { anyone } = whoMay('case.see')
  return mayHoldTogether(actor.roles).allowed && actor.roles.some((role) => anyone.includes(role))
}

/** Whether being let into a case shows it to somebody at all. */
function seesTheirCases(actor: Actor): boolean {
  const { members } = whoMay('case.see')
  return mayHoldTogether(actor.roles).allowed && actor.roles.some((role) => members.includes(role))
}

/** Lists the cases that somebody is a member of, the newest first; of others it does not tell that they are there. */
export async function readCases(ops: Ops, actor: Actor, filter: CaseFilter = {}): Promise<CaseList> {
  const all = seesEveryCase(actor)
  if (!all && !seesTheirCases(actor)) return { cases: [], total: 0, page: 1, pages: 1 }
  const search = (filter.search ?? '').trim().slice(0, LONGEST_SEARCH)
  const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`
  const held = sql<boolean>`EXISTS (SELECT 1 FROM devices v WHERE v.case_id = c.id
    AND NOT EXISTS (SELECT 1 FROM custody_events u WHERE u.device_id = v.id AND u.kind = 'returned'))`
  // Membership first: of a force's cases almost none are somebody's, and only theirs are looked at.
  const theirs = all
    ? sql`SELECT c.* FROM cases c`
    : sql`SELECT c.* FROM case_members m JOIN cases c ON c.id = m.case_id WHERE m.person_id = ${actor.id}`
  const where = sql.join(
    [
      search === ''
        ? sql`true`
        : sql`(c.reference ILIKE ${like} OR c.offence ILIKE ${like}
            OR EXISTS (SELECT 1 FROM devices v WHERE v.case_id = c.id AND v.exhibit ILIKE ${like}))`,
      filter.state === undefined
        ? sql`true`
        : filter.state === 'open'
          ? sql`c.closed_at IS NULL`
          : sql`c.closed_at IS NOT NULL`,
      filter.mine ? sql`c.opened_by = ${actor.id}` : sql`true`,
      filter.held ? held : sql`true`,
    ],
    sql` AND `,
  )
  const wanted = Math.max(1, Math.trunc(filter.page ?? 1) || 1)
  // A page after the last one is the last one.
  const { rows } = await sql<Row>`
    WITH theirs AS MATERIALIZED (${theirs}), found AS MATERIALIZED (SELECT c.* FROM theirs c WHERE ${where}),
      counted AS (SELECT count(*) AS total, least(${wanted}::bigint, greatest(1, ceil(count(*) / ${A_PAGE}::numeric)))::int AS page FROM found)
    SELECT counted.total, counted.page, c.id, c.reference, c.offence, p.name AS officer, c.opened_at, c.closed_at,
      (SELECT count(*) FROM devices v WHERE v.case_id = c.id) AS devices,
      (SELECT count(*) FROM devices v WHERE v.case_id = c.id
        AND NOT EXISTS (SELECT 1 FROM custody_events u WHERE u.device_id = v.id AND u.kind = 'returned')) AS held,
      (SELECT count(*) FROM requests r WHERE r.case_id = c.id) AS requests
    FROM counted CROSS JOIN LATERAL
      (SELECT * FROM found ORDER BY opened_at DESC, id LIMIT ${A_PAGE} OFFSET (counted.page - 1) * ${A_PAGE}) c
    JOIN people p ON p.id = c.opened_by ORDER BY c.opened_at DESC, c.id`.execute(ops.store.db)
  const [first] = rows
  const total = Number(first?.total ?? 0)
  return {
    total,
    page: first?.page ?? 1,
    pages: Math.max(1, Math.ceil(total / A_PAGE)),
    cases: rows.map(({ id, reference, offence, officer, opened_at, closed_at, devices, held, requests }) => ({
      id,
      reference,
      offence,
      officer,
      openedAt: opened_at,
      closedAt: closed_at,
      devices: Number(devices),
      held: Number(held),
      requests: Number(requests),
    })),
  }
}

interface Row {
  readonly total: number
  readonly page: number
  readonly id: string
  readonly reference: string
  readonly offence: string
  readonly officer: string
  readonly opened_at: Date
  readonly closed_at: Date | null
  readonly devices: number
  readonly held: number
  readonly requests: number
}
