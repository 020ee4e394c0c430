import { hash } from 'node:crypto'
import type { SelectQueryBuilder } from 'kysely'
import { type EventKind, EVENT_KINDS, isEventKind, kindOf } from '../../events/index.ts'
import { canonical } from '../../records/index.ts'
import type { Tables } from '../../store/index.ts'
import { ActionError } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'

/** The purposes for which the log may be used, and no other (Data Protection Act 2018 s.62(4)). */
export const LOG_PURPOSES = {
  lawfulness: 'To verify that what was done was lawful',
  'self-monitoring': 'To monitor ourselves, including for internal disciplinary proceedings',
  'integrity-and-security': 'To ensure that the data are secure and unaltered',
  'criminal-proceedings': 'For criminal proceedings',
} as const
export type LogPurpose = keyof typeof LOG_PURPOSES

/** What is asked of the log. What is absent limits nothing. */
export interface LogQuery {
  readonly purpose: LogPurpose
  readonly caseReference?: string
  /** id of whoever acted */
  readonly person?: string
  readonly kind?: EventKind
  readonly from?: Date
  /** not included */
  readonly until?: Date
}

/** One entry, for whoever may ask. */
export interface LogAnswer {
  readonly leaf: number
  readonly at: Date
  readonly actor: string
  /** as the force's directory writes it; absent for the service itself and for who is not in it any more */
  readonly actorName?: string
  readonly kind: EventKind
  readonly says: string
  readonly caseReference?: string
}

export interface LogAnswers {
  readonly entries: readonly LogAnswer[]
  /** how many there are; no more than `MOST` are counted */
  readonly found: number
  readonly from: number
}

/** Entries on one page, and the most that one question finds. */
export const ON_A_PAGE = 50
export const MOST = 10_000

/**
 * Asks the log. That it was asked, by whom and for which purpose, is written down before anything is given (law rows C-LOG, H19). `page` from 1; `all`
 * gives up to `MOST` at once. Throws ActionError NOT_ALLOWED, NOT_VALID.
 */
export async function queryLog(
  ops: Ops,
  actor: Actor,
  query: LogQuery,
  { page = 1, all = false }: { page?: number; all?: boolean } = {},
): Promise<LogAnswers> {
  await askFirst(ops, actor, 'log.see')
  if (!Object.hasOwn(LOG_PURPOSES, query.purpose))
    throw new ActionError('NOT_VALID', 'PURPOSE', 'the log is asked for one of four purposes', 'choose one')
  const { db } = ops.store
  const matching = () =>
    narrowed(db.selectFrom('statements').leftJoin('cases', 'cases.id', 'statements.case_id'), query)
  const counted = await db
    .selectFrom(matching().select('statements.leaf').limit(MOST).as('some'))
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  const found = Number(counted.n)
  const about =
    query.caseReference === undefined
      ? undefined
      : await db
          .selectFrom('cases')
          .select(['id', 'pseudonym'])
          .where('reference', '=', query.caseReference)
          .executeTakeFirst()
  const { leaf: own } = await ops.journal.record({
    kind: 'log.queried',
    actor: actor.id,
    ...(about !== undefined && { case: { caseId: about.id, pseudonym: about.pseudonym } }),
    details: { purpose: query.purpose, query: digestOf(query), entries: found },
  })
  const first = all ? 0 : (Math.max(1, Math.floor(page)) - 1) * ON_A_PAGE
  const rows = await matching()
    .leftJoin('people', 'people.id', 'statements.actor')
    .select([
      'statements.leaf',
      'statements.happened_at',
      'statements.actor',
      'statements.kind',
      'people.name',
      'cases.reference',
    ])
    // The question itself is not among its answers, or no two pages would fit together.
    .where('statements.leaf', '<', own)
    .orderBy('statements.leaf', 'desc')
    .offset(Math.min(first, MOST))
    .limit(all ? MOST : ON_A_PAGE)
    .execute()
  return {
    found,
    from: first,
    entries: rows.map(({ leaf, happened_at, actor: who, kind, name, reference }) => ({
      leaf: leaf as number,
      at: happened_at,
      actor: who,
      ...(name !== null && { actorName: name }),
      kind: kind as EventKind,
      says: isEventKind(kind) ? kindOf(kind).says : kind,
      ...(reference !== null && { caseReference: reference }),
    })),
  }
}

/** Kinds to choose from, with what a timeline says of each. */
export function eventKinds(): { kind: EventKind; says: string }[] {
  return EVENT_KINDS.map((kind) => ({ kind, says: kindOf(kind).says }))
}

type Matching = SelectQueryBuilder<Pick<Tables, 'statements' | 'cases' | 'people'>, 'statements' | 'cases', object>

function narrowed(rows: unknown, { caseReference, person, kind, from, until }: LogQuery): Matching {
  let query = (rows as Matching).where('statements.leaf', 'is not', null)
  if (caseReference !== undefined) query = query.where('cases.reference', '=', caseReference)
  if (person !== undefined) query = query.where('statements.actor', '=', person)
  if (kind !== undefined) query = query.where('statements.kind', '=', kind)
  if (from !== undefined) query = query.where('statements.happened_at', '>=', from)
  if (until !== undefined) query = query.where('statements.happened_at', '<', until)
  return query
}

/** Names a question without repeating it: who checks later asks again and compares. */
function digestOf({ from, until, ...words }: LogQuery): string {
  const times = { ...(from && { from: from.toISOString() }), ...(until && { until: until.toISOString() }) }
  return hash('sha256', canonical({ ...words, ...times }), 'hex')
}
