import { notFound } from '../../action-error.ts'
import type { Ops } from '../../ops.ts'
import { isId } from '../../subject.ts'

/** For so long, in minutes, may whoever asked listen, from when it was allowed. */
export const LISTENING_MINUTES = 30
export const LONGEST_LISTENING_REASON = 2000

/** One recording, one reason, one person: where that stands. */
export interface Listening {
  readonly id: string
  readonly archiveId: string
  readonly itemId: string
  readonly reason: string
  readonly askedBy: { readonly id: string; readonly name: string }
  readonly askedAt: Date
  /** `live`: the asker may listen now; `over`: the time is; `ended`: somebody ended it, or took it back before it was decided */
  readonly state: 'asked' | 'live' | 'refused' | 'over' | 'ended'
  readonly decidedBy?: string
  readonly decidedAt?: Date
  readonly refusedBecause?: string
  readonly endsAt?: Date
  readonly endedBy?: string
}

/** Several of them, the newest first, by what is asked of their rows. For what has asked the policy already. */
export async function listenings(
  ops: Pick<Ops, 'store' | 'now'>,
  which: {
    readonly archiveId?: string
    readonly itemId?: string
    readonly id?: string
    readonly undecided?: true
    readonly askedBy?: string
  },
): Promise<Listening[]> {
  const rows = await ops.store.db
    .selectFrom('listenings')
    .innerJoin('people as asker', 'asker.id', 'listenings.asked_by')
    .leftJoin('people as decider', 'decider.id', 'listenings.decided_by')
    .leftJoin('people as ender', 'ender.id', 'listenings.ended_by')
    .selectAll('listenings')
    .select(['asker.name as asker_name', 'decider.name as decider_name', 'ender.name as ender_name'])
    .$if(which.archiveId !== undefined, (query) => query.where('archive_id', '=', which.archiveId as string))
    .$if(which.itemId !== undefined, (query) => query.where('item_id', '=', which.itemId as string))
    .$if(which.id !== undefined, (query) => query.where('listenings.id', '=', which.id as string))
    .$if(which.askedBy !== undefined, (query) => query.where('asked_by', '=', which.askedBy as string))
    .$if(which.undecided === true, (query) => query.where('decided_at', 'is', null).where('ended_by', 'is', null))
    .orderBy('asked_at', 'desc')
    .orderBy('listenings.id')
    .execute()
  const now = ops.now()
  return rows.map((row) => ({
    id: row.id,
    archiveId: row.archive_id,
    itemId: row.item_id,
    reason: row.reason,
    askedBy: { id: row.asked_by, name: row.asker_name },
    askedAt: row.asked_at,
    state: stateOf(row, now),
    ...(row.decided_at !== null && { decidedAt: row.decided_at, decidedBy: row.decider_name ?? '' }),
    ...(row.refused_because !== null && { refusedBecause: row.refused_because }),
    ...(row.ends_at !== null && { endsAt: row.ends_at }),
    ...(row.ender_name !== null && { endedBy: row.ender_name }),
  }))
}

/** One of an archive. Throws ActionError NOT_FOUND. */
export async function listeningOf(ops: Pick<Ops, 'store' | 'now'>, archiveId: string, id: string): Promise<Listening> {
  const [found] = isId(archiveId) && isId(id) ? await listenings(ops, { archiveId, id }) : []
  if (found === undefined) throw notFound()
  return found
}

function stateOf(
  { allowed, ends_at, ended_by }: { allowed: boolean | null; ends_at: Date | null; ended_by: string | null },
  now: Date,
): Listening['state'] {
  if (allowed === false) return 'refused'
  if (ended_by !== null) return 'ended'
  if (allowed === null) return 'asked'
  return ends_at !== null && now < ends_at ? 'live' : 'over'
}
