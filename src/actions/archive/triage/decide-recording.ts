import { hash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { canonical } from '../../../records/index.ts'
import {
  mayBeReleased,
  needsPrivilegedRoute,
  type Reason,
  type ReasonCode,
  type Release,
  settling,
} from '../../../recordings/index.ts'
import type { Tables } from '../../../store/index.ts'
import { ActionError, notFound } from '../../action-error.ts'
import { askFirst } from '../../allow.ts'
import { newId } from '../../new-id.ts'
import type { Actor, Ops } from '../../ops.ts'
import { type ArchiveKeys, withArchiveKeys } from '../details.ts'
import { lockArchive } from '../lock-archive.ts'
import { archiveOf } from '../read-archive.ts'
import { placeHold, reasonsFaults } from './set-hold.ts'
import { mustBeOpen } from '../closed-archive.ts'

/** What may become of a recording: it stays, or what spoke for keeping it is settled. */
export const RECORDING_OUTCOMES = ['hold', 'release'] as const
export type RecordingOutcome = (typeof RECORDING_OUTCOMES)[number]

/** What is decided of a recording. */
export interface RecordingDecisionInput {
  readonly outcome: string
  readonly reasons: string
  /** that the route for privileged and confidential material was followed, and ended */
  readonly privilegedRoute: boolean
  /** the codes that whoever decides saw, with spaces between: where they are others by now, nothing is decided */
  readonly seen: string
}

/** What is wrong with a decision, by field. `codes`: those that the recording has. */
export function recordingDecisionFaults(
  { outcome, reasons, privilegedRoute }: Omit<RecordingDecisionInput, 'seen'>,
  codes: readonly string[],
): { field: 'outcome' | 'reasons' | 'privilegedRoute'; says: string }[] {
  return [
    ...(isOutcome(outcome) ? [] : [{ field: 'outcome', says: 'Select what becomes of it' } as const]),
    ...reasonsFaults(reasons, 'Enter your reasons').map((says) => ({ field: 'reasons', says }) as const),
    ...(outcome === 'release' && codes.some(needsPrivilegedRoute) && !privilegedRoute
      ? [
          {
            field: 'privilegedRoute',
            says: 'Confirm that the route for privileged and confidential material was followed',
          } as const,
        ]
      : []),
  ]
}

/** The reasons for which a recording cannot be released now: they end elsewhere, or never (law row E14). */
export function staysBy(codes: readonly string[]): ReasonCode[] {
  return codes.filter((code) => !mayBeReleased(code) && code !== 'no_tie') as ReasonCode[]
}

/**
 * Decides what becomes of a recording that is tied to something, or unresolved (law row E14): it is held, from now on and until somebody lifts that; or
 * everything that spoke for keeping it is settled, each reason with its targets as they are now, and it is proposed for destruction. Nobody destroys
 * anything by that: two people do. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID; NOT_NOW `GONE`, `NOT_MATCHED`, `COPY`, `CHANGED`, `FREE`, `STAYS`,
 * `MATCH_FIRST`, `LIKELY_COPY`.
 */
export async function decideRecording(
  ops: Ops,
  actor: Actor,
  { archive: archiveId, recording }: { readonly archive: string; readonly recording: string },
  input: RecordingDecisionInput,
): Promise<void> {
  await askFirst(ops, actor, 'recording.decide')
  const archive = await archiveOf(ops, archiveId)
  mustBeOpen(archive)
  await withArchiveKeys(ops, archive, async (keys) => {
    const { codes, reasons: found } = await decidable(ops, keys, recording)
    const { outcome } = input
    const [fault] = recordingDecisionFaults(input, codes)
    if (fault !== undefined || !isOutcome(outcome))
      throw new ActionError('NOT_VALID', fault?.field ?? 'outcome', fault?.says ?? 'there is no such outcome')
    if (codes.join(' ') !== input.seen) throw changed()
    if (outcome === 'release') {
      mustBeReleasable(codes, found)
      const settled = settling(found, keys.marks)
      await ops.store.db.transaction().execute(async (db) => {
        await record(ops, db, actor, keys, { recording, outcome, settled, input }, likelyTargets(found))
        await db
          .updateTable('archive_items')
          .set({ class: 'E', codes: [...settled.codes, 'released'], waits_since: null, deadline: null })
          .where('archive_id', '=', keys.archiveId)
          .where('id', '=', recording)
          .execute()
      })
      return
    }
    const settled = { codes, targets: [] }
    await placeHold(ops, actor, keys, { on: 'item', target: recording }, input.reasons.trim(), (db) =>
      record(ops, db, actor, keys, { recording, outcome, settled, input }),
    )
  })
}

function mustBeReleasable(codes: readonly ReasonCode[], found: readonly Reason[]): void {
  if (codes.includes('no_tie') || codes.includes('released'))
    throw new ActionError('NOT_NOW', 'FREE', 'nothing ties this recording', 'it is proposed for destruction already')
  if (staysBy(codes).length > 0)
    throw new ActionError('NOT_NOW', 'STAYS', 'something ties it that no decision settles', 'look at its reasons')
  // A reason that came with a hold is not among those that were sealed, and so has no targets to settle.
  if (codes.some((code) => found.every((reason) => reason.code !== code)))
    throw new ActionError('NOT_NOW', 'MATCH_FIRST', 'something has changed around it', 'have the archive matched first')
}

function likelyTargets(found: readonly Reason[]): readonly string[] {
  return found.find(({ code }) => code === 'likely_copy_tied')?.targets ?? []
}

/** The recording as a decision finds it: its reasons as they were sealed, which a release settles with their targets. */
async function decidable(
  ops: Ops,
  keys: ArchiveKeys,
  recording: string,
): Promise<{ codes: ReasonCode[]; reasons: readonly Reason[] }> {
  const row = await ops.store.db
    .selectFrom('archive_items')
    .select(['class', 'codes', 'state', 'follows', 'sealed'])
    .where('archive_id', '=', keys.archiveId)
    .where('id', '=', recording)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  if (row.state !== 'held' || row.sealed === null)
    throw new ActionError('NOT_NOW', 'GONE', 'this recording is no longer here', 'look at the list of recordings')
  if (row.class === null) throw new ActionError('NOT_NOW', 'NOT_MATCHED', 'it was not matched yet', 'decide when it is')
  if (row.follows !== null)
    throw new ActionError('NOT_NOW', 'COPY', 'it becomes of a copy what becomes of its original', 'decide on that')
  const { reasons = [] } = keys.openDetails(recording, row.sealed)
  return { codes: row.codes as ReasonCode[], reasons }
}

/** Logs and writes a decision, in the caller's transaction. What is likely another copy goes only where all of `others` are free. */
async function record(
  ops: Ops,
  db: Kysely<Tables>,
  actor: Actor,
  { archiveId, generation }: ArchiveKeys,
  decision: {
    readonly recording: string
    readonly outcome: RecordingOutcome
    readonly settled: Pick<Release, 'codes' | 'targets'>
    readonly input: RecordingDecisionInput
  },
  others: readonly string[] = [],
): Promise<void> {
  const { recording, outcome, settled, input } = decision
  const reasons = input.reasons.trim()
  // Whoever matches, holds or destroys comes before or after: what was seen is still so, or nothing is decided.
  await lockArchive(db, archiveId)
  const rows = await db
    .selectFrom('archive_items')
    .select(['id', 'class', 'codes', 'state', 'generation'])
    .where('archive_id', '=', archiveId)
    .where('id', 'in', [recording, ...others])
    .execute()
  const row = rows.find(({ id }) => id === recording)
  if (row?.state !== 'held' || row.codes.join(' ') !== input.seen || row.generation !== generation) throw changed()
  if (rows.some(({ id, class: found, state }) => id !== recording && state === 'held' && found !== 'E'))
    throw new ActionError('NOT_NOW', 'LIKELY_COPY', 'what is likely the same call is kept', 'decide on that first')
  const id = newId(ops.random)
  const route = outcome === 'release' && input.privilegedRoute
  await ops.journal.record({
    kind: 'recording.decided',
    actor: actor.id,
    details: {
      archive: archiveId,
      recording,
      decision: id,
      outcome,
      codes: [...settled.codes],
      reasons: hash('sha256', canonical({ reasons }), 'hex'),
      privileged_route: route,
    },
  })
  await db
    .insertInto('recording_decisions')
    .values({
      id,
      archive_id: archiveId,
      item_id: recording,
      outcome,
      codes: [...settled.codes],
      targets: [...settled.targets],
      reasons,
      privileged_route: route,
      decided_by: actor.id,
      decided_at: ops.now(),
    })
    .execute()
}

function changed(): ActionError {
  return new ActionError('NOT_NOW', 'CHANGED', 'this recording has changed since you looked', 'open it again')
}

function isOutcome(outcome: string): outcome is RecordingOutcome {
  return (RECORDING_OUTCOMES as readonly string[]).includes(outcome)
}
