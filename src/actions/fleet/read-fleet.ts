import { sql } from 'kysely'
import type { FindingKind, FindingSeverity, FleetSource, OddRow, Spread } from '../../apps/index.ts'
import { askFirst } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import { withFleetKeys } from './fleet-keys.ts'
import type { ImportRow } from './read-export.ts'

/** What one import brought, in counts. */
export interface ImportSummary {
  readonly phones: number
  readonly apps: number
  readonly rows: number
  readonly installs: number
  readonly removed: number
  readonly elsewhere: number
  readonly counted: number
  readonly leftOut: number
  readonly odd: number
  readonly opened: number
  readonly closed: number
  readonly quiet: number
  readonly signersNotCompared: number
  /** apps on more phones than they were approved for */
  readonly above: readonly Spread[]
}

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

/** An import as a page shows it. */
export interface ImportRead {
  readonly id: string
  readonly source: FleetSource
  readonly at: Date
  readonly state: ImportRow['state']
  readonly files: number
  readonly bytes: number
  readonly begunBy: string
  readonly begunAt: Date
  readonly finishedAt?: Date
  readonly failure?: string
  /** of a CSV: the names of its columns */
  readonly headings: readonly string[]
  readonly columns?: {
    readonly platform: string | { readonly column: string }
    readonly columns: Readonly<Record<string, string>>
    readonly whole: boolean
  }
  readonly summary?: ImportSummary
  readonly odd: readonly OddRow[]
}

/** The last imports, the newest first. The caller has asked the policy (`fleet.see`). */
export async function readFleetImports(ops: Ops): Promise<ImportRead[]> {
  return imports(ops)
}

/** One of them; undefined where there is none. The caller has asked the policy (`fleet.see`). */
export async function readFleetImport(ops: Ops, id: string): Promise<ImportRead | undefined> {
  return isId(id) ? (await imports(ops, id))[0] : undefined
}

async function imports({ store: { db } }: Ops, only?: string): Promise<ImportRead[]> {
  const rows = await db
    .selectFrom('fleet_imports')
    .innerJoin('people', 'people.id', 'fleet_imports.begun_by')
    .selectAll('fleet_imports')
    .select('people.name')
    .$if(only !== undefined, (query) => query.where('fleet_imports.id', '=', only as string))
    .orderBy('begun_at', 'desc')
    .limit(20)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    source: row.source,
    at: row.at,
    state: row.state,
    files: row.files,
    bytes: row.bytes,
    begunBy: row.name,
    begunAt: row.begun_at,
    ...(row.finished_at && { finishedAt: row.finished_at }),
    ...(row.failure && { failure: row.failure }),
    headings: (row.headings ?? []).slice(1),
    ...(row.columns && { columns: row.columns as NonNullable<ImportRead['columns']> }),
    ...(row.summary && { summary: row.summary as unknown as ImportSummary }),
    odd: (row.odd ?? []) as unknown as OddRow[],
  }))
}

/** Phones of which nothing was heard for a week before the last import, by name; that somebody looked is logged. Throws ActionError NOT_ALLOWED. */
export async function seeQuietPhones(
  ops: Ops,
  actor: Actor,
): Promise<readonly { readonly device: string; readonly source: string; readonly at: string }[]> {
  await askFirst(ops, actor, 'fleet.see')
  const state = await ops.store.db.selectFrom('fleet_state').select('quiet').executeTakeFirst()
  if (state === undefined) return []
  const quiet = (await withFleetKeys(ops, (keys) => keys.open('quiet', state.quiet))) as {
    device: string
    source: string
    at: string
  }[]
  await ops.journal.record({ kind: 'fleet.quiet_seen', actor: actor.id, details: { phones: quiet.length } })
  return quiet
}
