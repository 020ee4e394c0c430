import type { Selectable } from 'kysely'
import { type Amnesty, FOLLOWING, followingFrom, type Reason, type SelfReport, underAmnesty } from '../../apps/index.ts'
import type { Tables } from '../../store/index.ts'
import { notFound } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import { currentAmnesty } from './amnesty.ts'

const SHOWN = 200

/** What must follow from a report, in its order. */
export type Following = keyof typeof FOLLOWING

/** A report as a list has it. */
export interface ReportInShort {
  readonly id: string
  readonly on: string
  readonly app: string
  readonly evidence: SelfReport['evidence']
  readonly isNamed: boolean
  readonly done: boolean
}

/** A report with what follows from it. */
export interface ReportRead extends ReportInShort {
  readonly report: SelfReport
  readonly by?: string
  readonly following: readonly Following[]
  /** whether the force's promise covers it; absent where there is none */
  readonly amnesty?: { readonly covered: boolean; readonly reasons: readonly Reason[] }
  readonly doneSays?: { readonly text: string; readonly by: string; readonly at: Date }
}

/** What must follow from somebody's own report, told to whoever has just made it and knows its id. Undefined where there is none. */
export async function followingReport(
  ops: Ops,
  id: string,
): Promise<{ following: readonly Following[]; amnesty?: { covered: boolean } } | undefined> {
  const row = await rowOf(ops, id)
  if (row === undefined) return undefined
  const report = reportOf(row)
  const amnesty = await currentAmnesty(ops, row.on_day)
  return {
    following: followingFrom(report),
    ...(amnesty && { amnesty: { covered: underAmnesty(report, amnesty).covered } }),
  }
}

/**
 * Reports, the newest first, for whoever sees them: the disclosure officer those that may be evidence, and no others (law rows E11, E14). Throws ActionError
 * NOT_ALLOWED.
 */
export async function readReports(ops: Ops, actor: Actor): Promise<readonly ReportInShort[]> {
  await askFirst(ops, actor, 'app.see_reports')
  const rows = await ops.store.db
    .selectFrom('self_reports')
    .selectAll()
    .$if(seesEvidenceAlone(actor), (query) => query.where('evidence', '<>', 'no'))
    .orderBy('done_at', (order) => order.desc().nullsFirst())
    .orderBy('on_day', 'desc')
    .limit(SHOWN)
    .execute()
  return rows.map(inShort)
}

/** One report; that somebody looked is logged (DPA 2018 s.62). Throws ActionError NOT_ALLOWED, NOT_FOUND (also of one that is not for them). */
export async function seeReport(ops: Ops, actor: Actor, id: string): Promise<ReportRead> {
  await askFirst(ops, actor, 'app.see_reports')
  const row = await rowOf(ops, id)
  if (row === undefined || (seesEvidenceAlone(actor) && row.evidence === 'no')) throw notFound()
  await ops.journal.record({ kind: 'self_report.seen', actor: actor.id, details: { report: id } })
  const amnesty: Amnesty | undefined = await currentAmnesty(ops, row.on_day)
  const report = reportOf(row)
  return {
    ...inShort(row),
    report,
    ...(row.by !== null && { by: row.by }),
    following: followingFrom(report),
    ...(amnesty && { amnesty: underAmnesty(report, amnesty) }),
    ...(row.done !== null &&
      row.done_at !== null && { doneSays: { text: row.done, by: row.doneBy ?? '', at: row.done_at } }),
  }
}

function seesEvidenceAlone({ roles }: Actor): boolean {
  return !roles.includes('app_owner') && !roles.includes('data_protection_officer')
}

async function rowOf({ store: { db } }: Ops, id: string) {
  if (!isId(id)) return undefined
  return db
    .selectFrom('self_reports')
    .leftJoin('people as who', 'who.id', 'self_reports.person_id')
    .leftJoin('people as doer', 'doer.id', 'self_reports.done_by')
    .selectAll('self_reports')
    .select(['who.name as by', 'doer.name as doneBy'])
    .where('self_reports.id', '=', id)
    .executeTakeFirst()
}

type Row = Selectable<Tables['self_reports']>

function inShort({ id, on_day, app, evidence, person_id, done }: Row): ReportInShort {
  return { id, on: on_day, app, evidence, isNamed: person_id !== null, done: done !== null }
}

function reportOf(row: Row): SelfReport {
  return {
    id: row.id,
    on: row.on_day,
    app: row.app,
    installed: row.installed,
    ...(row.since !== null && { since: row.since }),
    phone: row.phone,
    data: row.data,
    deleted: row.deleted,
    evidence: row.evidence,
    used_after_told_not_to: row.told,
  }
}
