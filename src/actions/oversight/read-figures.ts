import { sql } from 'kysely'
import { FEWEST, intrusionOf, type Measure, measureOf, type Scope } from '../../scope/index.ts'
import { askFirst } from '../allow.ts'
import { measureSince } from '../measure/measure.ts'
import { custodyClock, HOURS_ALLOWED } from '../device/custody-clock.ts'
import type { Actor, Ops } from '../ops.ts'
import { suppress } from './suppress.ts'

/** One figure. `value` is absent where it is not told: too few, and it might be somebody. */
export interface Figure {
  readonly id: string
  readonly says: string
  readonly value?: number
  /** of medians: no limit of this kind was asked or granted, in half of them or more */
  readonly unlimited?: true
}

export interface FigureGroup {
  readonly id: string
  readonly title: string
  readonly figures: readonly Figure[]
}

/** Requests whose figures are read at once; the newest of the period. */
const MOST = 20_000

/**
 * What oversight sees: sums and medians over everybody since `since`, never a case (product row 20; law rows B24, B25, C8, H22). Throws ActionError
 * NOT_ALLOWED.
 */
export async function readFigures(ops: Ops, actor: Actor, since: Date): Promise<FigureGroup[]> {
  await askFirst(ops, actor, 'oversight.see')
  return [
    await outcomes(ops, since),
    await intrusion(ops, since),
    await taken(ops, since),
    await extractions(ops, since),
    await withoutPhone(ops, since),
    await reviews(ops),
  ]
}

async function outcomes({ store: { db } }: Ops, since: Date): Promise<FigureGroup> {
  const events = await db
    .selectFrom('statements')
    .select(['kind', ({ fn }) => fn.countAll<number>().as('n')])
    .where('happened_at', '>=', since)
    .where('leaf', 'is not', null)
    .where(
      'kind',
      'in',
      OUTCOMES.map(([kind]) => kind),
    )
    // Recordings that are kept from an archive are granted, too, and nobody asked anybody for a phone.
    .where(
      sql<boolean>`NOT EXISTS (SELECT 1 FROM decisions d JOIN requests r ON r.id = d.request_id JOIN devices v ON v.id = r.device_id
        WHERE v.from_archive IS NOT NULL AND d.leaf = coalesce(statements.authorisation_leaf, statements.leaf))`,
    )
    .groupBy('kind')
    .execute()
  const counts = OUTCOMES.map(([kind]) => Number(events.find((one) => one.kind === kind)?.n ?? 0))
  return {
    id: 'outcomes',
    title: 'What became of requests',
    figures: told(
      OUTCOMES.map(([kind, says]) => ({ id: kind, says })),
      counts,
    ),
  }
}

const OUTCOMES = [
  ['request.not_needed', 'No phone was needed'],
  ['authorisation.requested', 'Sent for decision'],
  ['agreement.refused', 'Agreement refused by the device user'],
  ['agreement.withdrawn', 'Agreement withdrawn'],
  ['authorisation.granted', 'Granted'],
  ['authorisation.narrowed', 'Less offered than was asked'],
  ['authorisation.refused', 'Refused by the authorising officer'],
  ['authorisation.returned', 'Returned for more'],
  ['authorisation.expired', 'Ran out'],
] as const

const REACH: readonly (readonly [Measure, string])[] = [
  ['days', 'Days'],
  ['kinds', 'Kinds of record'],
  ['apps', 'Apps'],
  ['parties', 'People on the other side'],
]

async function intrusion({ store: { db } }: Ops, since: Date): Promise<FigureGroup> {
  const rows = await db
    .selectFrom('requests')
    .leftJoin('decisions', (join) =>
      join.onRef('decisions.request_id', '=', 'requests.id').on('decisions.outcome', '=', 'granted'),
    )
    .select(['requests.document', 'decisions.id as grant'])
    .where('submitted_at', '>=', since)
    .orderBy('submitted_at', 'desc')
    .limit(MOST)
    .execute()
  const scopes = rows.map(({ document, grant }) => ({
    scope: (document['scope'] ?? []) as Scope,
    granted: grant !== null,
  }))
  const sides = (['asked', 'granted'] as const).map((side) => {
    const some = scopes.filter(({ granted }) => side === 'asked' || granted).map(({ scope }) => scope)
    return { side, clauses: some.map((scope) => scope.length), reach: some.map((scope) => intrusionOf(scope)) }
  })
  const figures = [
    ...REACH.flatMap(([measure, says]) =>
      sides.map(({ side, reach }) =>
        middle(
          `${side}.${measure}`,
          `${says} ${side}`,
          reach.map((one) => measureOf(one, measure)),
        ),
      ),
    ),
    ...sides.map(({ side, clauses }) => middle(`${side}.clauses`, `Clauses ${side}`, clauses)),
  ]
  return { id: 'intrusion', title: 'How far requests reach: the middle of all', figures }
}

async function taken({ store: { db } }: Ops, since: Date): Promise<FigureGroup> {
  const { rows } = await sql<{ extractions: number; read: number; taken: number }>`
    SELECT count(DISTINCT e.id) AS extractions, coalesce(sum((k.value->>'total')::bigint), 0)::bigint AS read,
      coalesce(sum((k.value->>'taken')::bigint
        -- What was destroyed since was taken all the same.
        + (SELECT coalesce(sum(gone.value::bigint), 0) FROM jsonb_each_text(coalesce(k.value->'removed', '{}')) gone)), 0)::bigint AS taken
    FROM extractions e CROSS JOIN LATERAL jsonb_each(coalesce(e.result->'records', '{}')) k
    WHERE e.state = 'sealed' AND e.queued_at >= ${since} AND e.source->>'kind' IS DISTINCT FROM 'recordings'`.execute(
    db,
  )
  const { seen, relevant, notRelevant, excess } = await measureSince(db, since)
  const { extractions: of = 0, read = 0, taken: some = 0 } = rows[0] ?? {}
  const enough = Number(of) >= FEWEST
  const figure = (id: string, says: string, value: number): Figure => ({
    id,
    says,
    ...((enough || value === 0) && { value }),
  })
  return {
    id: 'taken',
    title: 'Records looked at, taken and used',
    figures: [
      figure('records.read', 'Records that rules looked at', Number(read)),
      figure('records.taken', 'Records taken', Number(some)),
      figure('records.seen', 'Records shown to somebody at review', seen),
      figure('records.used', 'Records found relevant at review', relevant),
      figure('records.not_relevant', 'Records found not relevant at review', notRelevant),
      figure('records.excess', 'Records set apart as taken in excess', excess),
      ...(relevant > 0 && enough
        ? [
            figure(
              'records.ratio',
              'Records taken for each that was found relevant',
              Math.round(Number(some) / relevant),
            ),
          ]
        : []),
    ],
  }
}

async function extractions({ store: { db } }: Ops, since: Date): Promise<FigureGroup> {
  const rows = await db
    .selectFrom('extractions')
    .select(['state', ({ fn }) => fn.countAll<number>().as('n')])
    .where('queued_at', '>=', since)
    .where(sql<boolean>`source->>'kind' IS DISTINCT FROM 'recordings'`)
    .groupBy('state')
    .execute()
  return {
    id: 'extractions',
    title: 'Extractions',
    figures: told(
      STATES.map(([id, says]) => ({ id: `extraction.${id}`, says })),
      STATES.map(([id]) => Number(rows.find(({ state }) => state === id)?.n ?? 0)),
    ),
  }
}

const STATES = [
  ['queued', 'Waiting'],
  ['running', 'Running'],
  ['sealed', 'Finished and sealed'],
  ['failed', 'Failed, and left nothing'],
  ['cancelled', 'Stopped by somebody'],
  ['withdrawn', 'Stopped because agreement was withdrawn'],
  ['expired', 'Stopped because the authorisation ran out'],
  ['looking', 'Being looked at by hand'],
  ['recorded', 'Looked at by hand'],
] as const

async function withoutPhone({ store: { db }, now }: Ops, since: Date): Promise<FigureGroup> {
  const events = await db
    .selectFrom('custody_events')
    .innerJoin('devices', 'devices.id', 'custody_events.device_id')
    .select(['device_id', 'kind', 'happened_at'])
    .where('devices.created_at', '>=', since)
    .execute()
  const devices = Map.groupBy(events, ({ device_id }) => device_id)
  const clocks = [...devices.values()].map((of) => custodyClock({ events: of }, now()))
  const received = clocks.filter(({ receivedAt }) => receivedAt !== undefined)
  const returned = received.filter(({ state }) => state === 'returned')
  const [inTime, late, lent, overdue] = suppress([
    returned.filter(({ hoursHeld }) => hoursHeld < HOURS_ALLOWED).length,
    returned.filter(({ hoursHeld }) => hoursHeld >= HOURS_ALLOWED).length,
    received.filter(({ state }) => state === 'lent').length,
    received.filter(({ state }) => state === 'overdue').length,
  ])
  const count = (id: string, says: string, value: number | undefined): Figure => ({
    id,
    says,
    ...(value !== undefined && { value }),
  })
  return {
    id: 'custody',
    title: 'Time without a phone',
    figures: [
      middle(
        'custody.hours',
        'Hours until it was given back: the middle of all',
        returned.map(({ hoursHeld }) => hoursHeld),
      ),
      count('custody.in_time', 'Given back within 24 hours', inTime),
      count('custody.late', 'Given back later', late),
      count('custody.lent', 'Held, with another phone lent', lent),
      count('custody.overdue', 'Held for more than 24 hours, with none lent', overdue),
    ],
  }
}

async function reviews({ store: { db }, now }: Ops): Promise<FigureGroup> {
  const today = now().toISOString().slice(0, 10)
  const held = db.selectFrom('holdings').where('destroyed_at', 'is', null)
  const one = async (query: typeof held) =>
    Number((await query.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n)
  const all = await one(held)
  const overdue = await one(held.where('review_on', '<', today))
  const destroyed = await one(db.selectFrom('holdings').where('destroyed_at', 'is not', null) as typeof held)
  return {
    id: 'held',
    title: 'What is held',
    figures: told(
      [
        { id: 'held.in_time', says: 'Held, with its review still to come' },
        { id: 'held.overdue', says: 'Held, with its review overdue' },
        { id: 'held.destroyed', says: 'Destroyed' },
      ],
      [all - overdue, overdue, destroyed],
    ),
  }
}

function told(figures: readonly { id: string; says: string }[], counts: readonly number[]): Figure[] {
  return suppress(counts).map((value, at) => ({
    ...(figures[at] as { id: string; says: string }),
    ...(value !== undefined && { value }),
  }))
}

/** The median, of enough of them. */
function middle(id: string, says: string, values: readonly number[]): Figure {
  if (values.length < FEWEST) return { id, says }
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.floor((sorted.length - 1) / 2)] as number
  return Number.isFinite(value) ? { id, says, value } : { id, says, unlimited: true }
}
