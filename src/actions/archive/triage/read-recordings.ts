import { sql } from 'kysely'
import type { Class, ReasonCode } from '../../../recordings/index.ts'
import { askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'
import { maySeeProtected } from './protected.ts'

/** Which recordings are asked for; what is not said is not asked. */
export interface RecordingFilter {
  readonly class?: Class
  readonly code?: ReasonCode
  /** counted within the archive; 0: no phone is known */
  readonly phone?: number
  /** `2019-03`; '': nothing says when */
  readonly month?: string
}

/** A recording as lists show it: no number, no name, no path. */
export interface ListedRecording {
  readonly id: string
  readonly class: Class | null
  readonly codes: readonly ReasonCode[]
  readonly deadline: Date | null
  readonly likelyCopies: number
  /** absent of what is protected, for everybody but the disclosure officer (law row E15) */
  readonly call?: {
    readonly phone: number | null
    readonly month: string | null
    readonly durationMs: number | null
    readonly container: string | null
    readonly audio: 'whole' | 'damaged' | 'empty' | 'not_recognised'
  }
}

export interface RecordingPage {
  readonly archive: { readonly id: string; readonly title: string }
  readonly recordings: readonly ListedRecording[]
  /** after which recording the next page begins */
  readonly next?: string
}

/** Recordings on a page. */
export const RECORDINGS_A_PAGE = 50

/**
 * One page of an archive's recordings in the order of their ids, or of those that wait for somebody by their deadlines, as asked for by `after`, the last
 * id of the page before. Of what is protected, a question for a phone or a month finds nothing but for whoever may see that. Law rows E14, E15.
 * Throws ActionError NOT_ALLOWED, NOT_FOUND.
 */
export async function readRecordings(
  ops: Ops,
  actor: Actor,
  archiveId: string,
  { filter = {}, after }: { readonly filter?: RecordingFilter; readonly after?: string } = {},
): Promise<RecordingPage> {
  await askFirst(ops, actor, 'archive.see')
  const { id, title } = await archiveRow(ops, archiveId)
  const sees = maySeeProtected(actor)
  // First which, from the indexes alone; then what they are, which reads wide rows.
  let which = ops.store.db
    .selectFrom('archive_items as one')
    .select('one.id')
    .where('one.archive_id', '=', id)
    .where('one.state', '=', 'held')
  if (filter.class !== undefined) which = which.where('one.class', '=', filter.class)
  if (filter.code !== undefined) which = which.where(sql<boolean>`one.codes @> ARRAY[${filter.code}]`)
  if (filter.phone !== undefined)
    which = which.where('one.phone', filter.phone === 0 ? 'is' : '=', filter.phone === 0 ? null : filter.phone)
  if (filter.month !== undefined)
    which = which.where('one.month', filter.month === '' ? 'is' : '=', filter.month === '' ? null : filter.month)
  if (!sees && (filter.phone !== undefined || filter.month !== undefined))
    which = which.where(
      sql<boolean>`coalesce((SELECT class FROM archive_items m WHERE m.archive_id = one.archive_id AND m.id = one.follows), one.class, '') <> 'C'`,
    )
  if (after !== undefined) which = which.where('one.id', '>', after)
  // Of a rare reason all are found first: one after the other by their ids would be read out of the rows.
  const found = await (filter.code === undefined
    ? which
        .orderBy('one.id')
        .limit(RECORDINGS_A_PAGE + 1)
        .execute()
    : ops.store.db
        .with(
          (cte) => cte('found').materialized(),
          () => which,
        )
        .selectFrom('found')
        .select('id')
        .orderBy('id')
        .limit(RECORDINGS_A_PAGE + 1)
        .execute())
  const ids = found.map((row) => row.id)
  const rows = ids.length === 0 ? [] : await listed(ops, id).where('one.id', 'in', ids).orderBy('one.id').execute()
  const recordings = rows.slice(0, RECORDINGS_A_PAGE).map((row) => shown(row, sees))
  const last = recordings.at(-1)
  return {
    archive: { id, title },
    recordings,
    ...(rows.length > RECORDINGS_A_PAGE && last !== undefined && { next: last.id }),
  }
}

/** Rows as lists want them, each with the class of what it follows: a copy of something protected is protected. */
function listed({ store: { db } }: Pick<Ops, 'store'>, archive: string) {
  return db
    .selectFrom('archive_items as one')
    .leftJoin('archive_items as master', (join) =>
      join.onRef('master.archive_id', '=', 'one.archive_id').onRef('master.id', '=', 'one.follows'),
    )
    .select([
      'one.id',
      'one.class',
      'one.codes',
      'one.deadline',
      'one.likely_copies',
      'one.phone',
      'one.month',
      'one.duration_ms',
      'one.container',
      'one.audio',
      'master.class as follows_class',
    ])
    .where('one.archive_id', '=', archive)
    .where('one.state', '=', 'held')
}

type Row = Awaited<ReturnType<ReturnType<typeof listed>['execute']>>[number]

function shown(row: Row, sees: boolean): ListedRecording {
  const { id, class: found, codes, deadline, likely_copies, phone, month, duration_ms, container, audio } = row
  return {
    id,
    class: found,
    codes: codes as ReasonCode[],
    deadline,
    likelyCopies: likely_copies,
    ...((sees || (row.follows_class ?? found) !== 'C') && {
      call: { phone, month, durationMs: duration_ms, container, audio },
    }),
  }
}

/** What waits for a decision in an archive: of class C or D, the first deadline first. */
export async function readQueue(
  ops: Ops,
  actor: Actor,
  archiveId: string,
  after?: { readonly deadline: Date; readonly id: string },
): Promise<{ readonly archive: RecordingPage['archive']; readonly recordings: readonly ListedRecording[] }> {
  await askFirst(ops, actor, 'archive.see')
  const { id, title } = await archiveRow(ops, archiveId)
  const rows = await listed(ops, id)
    .where('one.deadline', 'is not', null)
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(one.deadline, one.id) > (${after?.deadline}, ${after?.id})`),
    )
    .orderBy('one.deadline')
    .orderBy('one.id')
    .limit(RECORDINGS_A_PAGE)
    .execute()
  const sees = maySeeProtected(actor)
  return { archive: { id, title }, recordings: rows.map((row) => shown(row, sees)) }
}
