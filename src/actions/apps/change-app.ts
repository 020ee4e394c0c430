import { hash } from 'node:crypto'
import type { Kysely, Selectable } from 'kysely'
import { actOn, type AppAct, type AppRecord, type AppStep, type Person, type Suspension } from '../../apps/index.ts'
import type { Details, EventKind } from '../../events/index.ts'
import { canonical } from '../../records/index.ts'
import { type Day, dayOf } from '../../retention/index.ts'
import type { AppsTable, Tables } from '../../store/index.ts'
import { notFound } from '../action-error.ts'
import { type Actor, type Ops, SERVICE_ACTOR } from '../ops.ts'
import { isId } from '../subject.ts'
import { changedMeanwhile, RefusedWithReasons } from './app-refused.ts'
import { factsOf } from './facts-of.ts'
import { personOfActor } from './person-of.ts'

/** An app as the database holds it. */
export type AppRow = Selectable<AppsTable>

/** How the log knows an app as it is after an act. */
export interface AppMark {
  readonly app: string
  readonly version: number
  readonly record: string
}

/** What is done to an app, and what is written down of it. */
export interface Change<K extends EventKind> {
  readonly appId: string
  /** which version whoever acts has read: of two who change it at once the second is told */
  readonly seen?: number
  /** the act, from the app as it is now; nobody else changes it meanwhile. `by` is whoever acts */
  readonly act: (
    now: { readonly row: AppRow; readonly on: Day; readonly by: Person },
    db: Kysely<Tables>,
  ) => AppAct | Promise<AppAct>
  readonly logged: (mark: AppMark, after: AppRecord) => { readonly kind: K; readonly details: Details<K> }
  /** reasons in the actor's own words, where a state is left by hand */
  readonly why?: string
  /** what else is stored with it */
  readonly stored?: (db: Kysely<Tables>, after: AppRecord) => Promise<unknown>
}

/**
 * Does an act to an app: the pure room says what becomes of it, the log is told, and the record is stored as another version of it. What was suspended in
 * passing, by the calendar or by what was found, is logged for itself. Throws ActionError NOT_FOUND, NOT_NOW (`RefusedWithReasons` with every reason).
 */
export async function changeApp<K extends EventKind>(ops: Ops, actor: Actor, change: Change<K>): Promise<AppRecord> {
  if (!isId(change.appId)) throw notFound()
  return ops.store.db.transaction().execute(async (db) => {
    const row = await db.selectFrom('apps').selectAll().where('id', '=', change.appId).forUpdate().executeTakeFirst()
    if (row === undefined) throw notFound()
    if (change.seen !== undefined && change.seen !== row.version) throw changedMeanwhile()
    const on = dayOf(ops.now())
    const act = await change.act({ row, on, by: personOfActor(actor) }, db)
    const { app: after, refused } = actOn(row.record, act, await factsOf(db, row.record.entry))
    if (refused !== undefined) throw new RefusedWithReasons(refused)
    const mark = markOf(row, after)
    const event = change.logged(mark, after)
    for (const suspended of suspendedBy(row.record, after, event.kind))
      await noteSuspended(ops, mark, after, suspended.codes)
    await ops.journal.record({ ...event, actor: actor.id })
    await storeApp(db, ops, { row, after, mark, act: act.act, by: 'by' in act ? act.by.id : null, why: change.why })
    await change.stored?.(db, after)
    return after
  })
}

/** Steps by which it was suspended beside the act that the event tells of. */
function suspendedBy(before: AppRecord, after: AppRecord, kind: EventKind): readonly AppStep[] {
  return kind === 'app.suspended' ? [] : after.steps.slice(before.steps.length).filter(({ to }) => to === 'suspended')
}

/** How the log knows an app as it is after the next act. */
export function markOf(row: AppRow, after: AppRecord): AppMark {
  return { app: row.id, version: row.version + 1, record: recordDigest(after) }
}

/** Logs that an app was suspended by nobody: by the calendar, or by what was found. */
export async function noteSuspended(ops: Ops, mark: AppMark, after: AppRecord, codes: readonly string[] = []) {
  await ops.journal.record({
    kind: 'app.suspended',
    actor: SERVICE_ACTOR,
    details: { ...mark, codes, reach: reachOf(after) },
  })
}

/** How far the suspension of an app reaches. */
export function reachOf({ suspension }: AppRecord): Suspension['reach'] {
  return suspension?.reach ?? 'all'
}

/** Names a record by all that it says: lower-case hex SHA-256 over its canonical form. */
export function recordDigest(record: AppRecord): string {
  return hash('sha256', canonical(record), 'hex')
}

/** Stores a record as it is after an act, as another version. */
export async function storeApp(
  db: Kysely<Tables>,
  ops: Ops,
  {
    row,
    after,
    mark,
    act,
    by,
    why,
  }: {
    readonly row: AppRow
    readonly after: AppRecord
    readonly mark: AppMark
    readonly act: string
    readonly by: string | null
    readonly why: string | undefined
  },
): Promise<void> {
  const at = ops.now()
  const record = JSON.stringify(after)
  await db
    .updateTable('apps')
    .set({
      version: mark.version,
      title: after.entry.app,
      state: after.state,
      record,
      changed_at: at,
      ...(why !== undefined && { why }),
    })
    .where('id', '=', row.id)
    .execute()
  await db
    .insertInto('app_versions')
    .values({ app_id: row.id, version: mark.version, digest: mark.record, record, act, person_id: by, at })
    .execute()
}
