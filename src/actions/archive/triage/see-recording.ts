import { type Class, type Facts, Holds, type Reason, type ReasonCode } from '../../../recordings/index.ts'
import { askFirst } from '../../allow.ts'
import { notFound } from '../../action-error.ts'
import type { Actor, Ops } from '../../ops.ts'
import { type RecordingDetails, withArchiveKeys } from '../details.ts'
import { type Archive, archiveOf } from '../read-archive.ts'
import { holdsInForce } from '../registers-of.ts'
import { isProtected, maySeeProtected } from './protected.ts'
import { holdsOf, type ShownHold } from './read-holds.ts'

/** What was decided of a recording, and why. */
export interface RecordingDecision {
  readonly id: string
  readonly outcome: 'hold' | 'release'
  readonly codes: readonly ReasonCode[]
  readonly reasons: string
  readonly privilegedRoute: boolean
  readonly by: string
  readonly at: Date
}

/** Whose call a recording is of, with everything that led to what is proposed. It is for the page of that one recording. */
export interface SeenRecording {
  readonly archive: Pick<Archive, 'id' | 'title' | 'matching' | 'state'>
  readonly id: string
  readonly state: 'held' | 'kept' | 'destroyed'
  readonly class: Class | null
  readonly codes: readonly ReasonCode[]
  readonly deadline: Date | null
  readonly bytes: number
  readonly follows: string | null
  /** ids of its exact copies, or of the others that follow the same */
  readonly copies: readonly string[]
  readonly decisions: readonly RecordingDecision[]
  /** absent where it is protected, and not for this person (law row E15); and of what is not there any more */
  readonly known?: {
    readonly details: Pick<RecordingDetails, 'path' | 'device' | 'audio'>
    readonly facts?: Facts
    readonly reasons: readonly Reason[]
    readonly likelyCopies: readonly string[]
    readonly holds: readonly ShownHold[]
    readonly phone: number | null
    readonly sha256: string
  }
  readonly hidden: boolean
}

/**
 * Shows whose call a recording is of (law rows E14, E15), and logs that. Of a protected one only the disclosure officer is shown that. Throws ActionError
 * NOT_ALLOWED, NOT_FOUND.
 */
export async function seeRecording(
  ops: Ops,
  actor: Actor,
  { archive: archiveId, recording }: { readonly archive: string; readonly recording: string },
): Promise<SeenRecording> {
  await askFirst(ops, actor, 'recording.see')
  const archive = await archiveOf(ops, archiveId)
  const row = await rowOf(ops, archive.id, recording)
  if (row === undefined) throw notFound()
  const hidden = isProtected(row.class, row.follows_class) && !maySeeProtected(actor)
  await ops.journal.record({
    kind: 'recording.seen',
    actor: actor.id,
    details: { archive: archive.id, recording: row.id, ...(row.class !== null && { class: row.class }), hidden },
  })
  const { id, title, matching, state } = archive
  return {
    archive: { id, title, matching, state },
    id: row.id,
    state: row.state,
    class: row.class,
    codes: row.codes as ReasonCode[],
    deadline: row.deadline,
    bytes: row.bytes,
    follows: row.follows,
    copies: await copiesOf(ops, archive.id, row),
    decisions: await decisionsOn(ops, archive.id, row.id),
    ...(!hidden && row.sealed !== null && { known: await knownOf(ops, archive, row, row.sealed) }),
    hidden,
  }
}

type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>

function rowOf({ store: { db } }: Ops, archive: string, recording: string) {
  return db
    .selectFrom('archive_items as one')
    .leftJoin('archive_items as master', (join) =>
      join.onRef('master.archive_id', '=', 'one.archive_id').onRef('master.id', '=', 'one.follows'),
    )
    .selectAll('one')
    .select('master.class as follows_class')
    .where('one.archive_id', '=', archive)
    .where('one.id', '=', recording)
    .executeTakeFirst()
}

async function copiesOf({ store: { db } }: Ops, archive: string, { id, follows }: Row): Promise<string[]> {
  const rows = await db
    .selectFrom('archive_items')
    .select('id')
    .where('archive_id', '=', archive)
    .where('follows', '=', follows ?? id)
    .where('id', '<>', id)
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}

async function knownOf(
  ops: Ops,
  archive: Archive,
  row: Row,
  sealed: Buffer,
): Promise<NonNullable<SeenRecording['known']>> {
  return withArchiveKeys(ops, archive, async (keys) => {
    const { path, device, audio, facts, reasons = [], likelyCopies = [] } = keys.openDetails(row.id, sealed)
    // Holds as they are now: one that was set since the last matching is no reason in what was sealed then.
    const inForce = new Holds(await holdsInForce(ops.store.db, keys), ops.now().getTime())
    const known = facts ?? { devices: device === '' ? [] : [device], holders: [], numbers: [], occurrences: [] }
    const on = inForce.on({ ...known, id: row.id })
    const holds = on.length === 0 ? [] : (await holdsOf(ops, archive.id)).filter(({ id }) => on.includes(id))
    return {
      details: { path, device, ...(audio && { audio }) },
      ...(facts && { facts }),
      reasons: reasons.filter(({ code }) => code !== 'hold' || on.length > 0),
      likelyCopies: likelyCopies.filter((one) => one !== row.id),
      holds,
      phone: row.phone,
      sha256: row.sha256,
    }
  })
}

/** What was decided of one recording, the newest first. */
export async function decisionsOn(
  { store: { db } }: Pick<Ops, 'store'>,
  archive: string,
  recording: string,
): Promise<RecordingDecision[]> {
  const rows = await db
    .selectFrom('recording_decisions')
    .innerJoin('people', 'people.id', 'recording_decisions.decided_by')
    .selectAll('recording_decisions')
    .select('people.name')
    .where('archive_id', '=', archive)
    .where('item_id', '=', recording)
    .orderBy('decided_at', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    outcome: row.outcome,
    codes: row.codes as ReasonCode[],
    reasons: row.reasons,
    privilegedRoute: row.privileged_route,
    by: row.name,
    at: row.decided_at,
  }))
}
