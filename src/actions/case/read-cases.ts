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
  const where = sql.join(
    [
      all ? sql`true` : sql`EXISTS (SELECT 1 FROM case_members m WHERE m.case_id = c.id AND m.person_id = ${actor.id})`,
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
  const counted = await sql<{ total: number }>`SELECT count(*) AS total FROM cases c WHERE ${where}`.execute(
    ops.store.db,
  )
  const total = Number(counted.rows[0]?.total ?? 0)
  const pages = Math.max(1, Math.ceil(total / A_PAGE))
  const page = Math.min(Math.max(1, Math.trunc(filter.page ?? 1) || 1), pages)
  const { rows } = await sql<Row>`
    SELECT c.id, c.reference, c.offence, p.name AS officer, c.opened_at, c.closed_at,
      (SELECT count(*) FROM devices v WHERE v.case_id = c.id) AS devices,
      (SELECT count(*) FROM devices v WHERE v.case_id = c.id
        AND NOT EXISTS (SELECT 1 FROM custody_events u WHERE u.device_id = v.id AND u.kind = 'returned')) AS held,
      (SELECT count(*) FROM requests r WHERE r.case_id = c.id) AS requests
    FROM (SELECT * FROM cases c WHERE ${where} ORDER BY opened_at DESC, id LIMIT ${A_PAGE} OFFSET ${(page - 1) * A_PAGE}) c
    JOIN people p ON p.id = c.opened_by ORDER BY c.opened_at DESC, c.id`.execute(ops.store.db)
  return {
    total,
    page,
    pages,
    cases: rows.map(({ opened_at, closed_at, devices, held, requests, ...row }) => ({
      ...row,
      openedAt: opened_at,
      closedAt: closed_at,
      devices: Number(devices),
      held: Number(held),
      requests: Number(requests),
    })),
  }
}

interface Row {
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
