import { sql } from 'kysely'
import type { FindingKind, FindingSeverity } from '../../apps/index.ts'
import type { Ops } from '../ops.ts'
import type { ImportSummary } from './read-imports.ts'

/** The fleet in figures (law rows E10, E11). */
export interface FleetFigures {
  /** when device management was last asked; absent: never */
  readonly at?: Date
  readonly last?: ImportSummary
  readonly tickets: readonly {
    readonly kind: FindingKind
    readonly severity: FindingSeverity
    readonly open: number
    readonly overdue: number
  }[]
  /** medians over ninety days, in milliseconds */
  readonly detection?: { readonly atLeastMs: number; readonly atMostMs?: number; readonly of: number }
  readonly roster?: {
    readonly phones: number
    readonly roles: readonly string[]
    readonly holders: number
    readonly givenAt: Date
  }
  /** names that wait for somebody to say which app they are */
  readonly names: number
}

const NINETY_DAYS_MS = 90 * 86_400_000

/** Figures over the whole fleet, without a phone in them. The caller has asked the policy (`fleet.see`). */
export async function readFleet({ store: { db }, now }: Ops): Promise<FleetFigures> {
  const since = new Date(now().getTime() - NINETY_DAYS_MS)
  const [state, tickets, detection, roster, names] = await Promise.all([
    db
      .selectFrom('fleet_state')
      .leftJoin('fleet_imports', 'fleet_imports.id', 'fleet_state.import_id')
      .select(['fleet_state.at', 'fleet_imports.summary'])
      .executeTakeFirst(),
    db
      .selectFrom('fleet_tickets')
      .select(['kind', 'severity'])
      .select(({ fn }) => fn.countAll<number>().as('open'))
      .select(sql<number>`count(*) FILTER (WHERE deadline < ${now()})`.as('overdue'))
      .where('closed', 'is', null)
      .groupBy(['kind', 'severity'])
      .execute(),
    db
      .selectFrom('fleet_tickets')
      .select(({ fn }) => fn.countAll<number>().as('of'))
      .select(sql<number | null>`percentile_cont(0.5) WITHIN GROUP (ORDER BY at_least_ms)`.as('least'))
      .select(sql<number | null>`percentile_cont(0.5) WITHIN GROUP (ORDER BY at_most_ms)`.as('most'))
      .where('opened', '>=', since)
      .executeTakeFirstOrThrow(),
    db.selectFrom('fleet_rosters').selectAll().orderBy('given_at', 'desc').limit(1).executeTakeFirst(),
    db
      .selectFrom('fleet_aliases')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('confirmed', 'is', null)
      .executeTakeFirstOrThrow(),
  ])
  return {
    ...(state && { at: state.at }),
    ...(state?.summary && { last: state.summary as unknown as ImportSummary }),
    tickets: tickets.map((one) => ({ ...one, open: Number(one.open), overdue: Number(one.overdue) })),
    ...(detection.least !== null && {
      detection: {
        atLeastMs: Number(detection.least),
        ...(detection.most !== null && { atMostMs: Number(detection.most) }),
        of: Number(detection.of),
      },
    }),
    ...(roster && {
      roster: { phones: roster.phones, roles: roster.roles, holders: roster.holders, givenAt: roster.given_at },
    }),
    names: Number(names.n),
  }
}

/** What is overdue, in figures without a phone in them: for the start page, and for whoever watches the service. */
export async function overdueTickets({ store: { db }, now }: Ops): Promise<{ n: number; since?: Date }> {
  const row = await db
    .selectFrom('fleet_tickets')
    .select(({ fn }) => [fn.countAll<number>().as('n'), fn.min('deadline').as('since')])
    .where('closed', 'is', null)
    .where('deadline', '<', now())
    .executeTakeFirstOrThrow()
  return { n: Number(row.n), ...(row.since && { since: row.since }) }
}
