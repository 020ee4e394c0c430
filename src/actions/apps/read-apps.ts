import type { Selectable } from 'kysely'
import type { AppFacts, AppState } from '../../apps/index.ts'
import type { AppAskingsTable, AppPackagesTable } from '../../store/index.ts'
import { notFound } from '../action-error.ts'
import type { Actor, Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import { askFirst } from '../allow.ts'
import type { AppRow } from './change-app.ts'
import { factsOf } from './facts-of.ts'

/** An app in the list of the catalogue. */
export interface AppLine {
  readonly id: string
  readonly title: string
  readonly publisher: string
  readonly state: AppState
  readonly roles: readonly string[]
  readonly changedAt: Date
  /** a decision that somebody asked for and nobody has given */
  readonly asking?: string
}

/** The catalogue by name: of one state, or all. Throws ActionError NOT_ALLOWED. */
export async function readApps(ops: Ops, actor: Actor, state?: AppState): Promise<AppLine[]> {
  await askFirst(ops, actor, 'app.see')
  const rows = await ops.store.db
    .selectFrom('apps')
    .leftJoin('app_askings', (join) =>
      join.onRef('app_askings.app_id', '=', 'apps.id').on('app_askings.outcome', 'is', null),
    )
    .select(['apps.id', 'apps.title', 'apps.state', 'apps.record', 'apps.changed_at', 'app_askings.act'])
    .$if(state !== undefined, (query) => query.where('apps.state', '=', state as AppState))
    .orderBy('apps.title')
    .orderBy('apps.id')
    .execute()
  return rows.map(({ id, title, state: at, record, changed_at, act }) => ({
    id,
    title,
    publisher: record.entry.publisher,
    state: at,
    roles: record.entry.roles,
    changedAt: changed_at,
    ...(act !== null && { asking: act }),
  }))
}

/** What somebody has asked for themselves, the newest first. */
export async function readOwnAskedApps(
  { store }: Ops,
  actor: Actor,
): Promise<{ readonly title: string; readonly state: AppState; readonly requestedAt: Date }[]> {
  const rows = await store.db
    .selectFrom('apps')
    .select(['title', 'state', 'requested_at'])
    .where('requested_by', '=', actor.id)
    .orderBy('requested_at', 'desc')
    .limit(50)
    .execute()
  return rows.map(({ title, state, requested_at }) => ({ title, state, requestedAt: requested_at }))
}

/** Everything that the force knows of one app. */
export interface AppFile {
  readonly row: AppRow
  readonly requestedBy: string
  readonly facts: AppFacts
  readonly asking?: Selectable<AppAskingsTable> & { readonly askedByName: string }
  /** what was asked before, the newest first */
  readonly decided: readonly (Selectable<AppAskingsTable> & {
    readonly askedByName: string
    readonly decidedByName: string | null
  })[]
  /** what was looked into, the newest first */
  readonly packages: readonly (Selectable<AppPackagesTable> & { readonly byName: string })[]
  /** names of whoever did a step, by id */
  readonly names: ReadonlyMap<string, string>
}

/** The file of one app. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readApp(ops: Ops, actor: Actor, id: string): Promise<AppFile> {
  await askFirst(ops, actor, 'app.see')
  if (!isId(id)) throw notFound()
  const { db } = ops.store
  const row = await db.selectFrom('apps').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound()
  const [facts, askings, packages] = await Promise.all([
    factsOf(db, row.record.entry),
    db.selectFrom('app_askings').selectAll().where('app_id', '=', id).orderBy('asked_at', 'desc').execute(),
    db.selectFrom('app_packages').selectAll().where('app_id', '=', id).orderBy('at', 'desc').limit(50).execute(),
  ])
  const ids = new Set([
    row.requested_by,
    ...row.record.steps.map(({ by }) => by),
    ...askings.flatMap((one) => [one.asked_by, one.decided_by]),
    ...packages.map(({ person_id }) => person_id),
  ])
  const people = await db
    .selectFrom('people')
    .select(['id', 'name'])
    .where(
      'id',
      'in',
      [...ids].filter((one): one is string => typeof one === 'string'),
    )
    .execute()
  const names = new Map(people.map((one) => [one.id, one.name]))
  const nameOf = (person: string) => names.get(person) ?? person
  const asked = askings.map((one) => ({
    ...one,
    askedByName: nameOf(one.asked_by),
    decidedByName: one.decided_by === null ? null : nameOf(one.decided_by),
  }))
  const open = asked.find(({ outcome }) => outcome === null)
  return {
    row,
    requestedBy: nameOf(row.requested_by),
    facts,
    ...(open !== undefined && { asking: open }),
    decided: asked.filter(({ outcome }) => outcome !== null),
    packages: packages.map((one) => ({ ...one, byName: nameOf(one.person_id) })),
    names,
  }
}
