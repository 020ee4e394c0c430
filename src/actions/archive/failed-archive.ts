import { AcquisitionError } from '../../acquisition/index.ts'
import { VaultError } from '../../vault/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import type { Actor, JobName, Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import type { WorkState } from './archive-work.ts'

/** Why work on an archive came to nothing: what a person can mend. */
export const ARCHIVE_FAILURES = ['COLLECTED_GONE', 'COLLECTED_CHANGES', 'NO_ROOM', 'DAMAGED', 'NOT_DONE'] as const
export type ArchiveFailure = (typeof ARCHIVE_FAILURES)[number]

/** How often work that failed for a reason nobody expected is begun anew by itself. */
const ATTEMPTS = 3

/** The folder in which an archive was collected is not there, or does not stay as it is. */
export class CollectedError extends Error {
  override readonly name = 'CollectedError'
  readonly code: 'COLLECTED_GONE' | 'COLLECTED_CHANGES'

  constructor(code: 'COLLECTED_GONE' | 'COLLECTED_CHANGES') {
    super(code === 'COLLECTED_GONE' ? 'the collected folder is not there' : 'the collected folder changes')
    this.code = code
  }
}

/** The work is to end now, and another takes it up. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/**
 * Notes why work on an archive failed. Where it is nothing that a person could mend the error is thrown again, and the work is tried again, until it has
 * failed `ATTEMPTS` times.
 */
export async function noteFailure({ store: { db } }: Ops, archiveId: string, error: unknown): Promise<void> {
  const known = failureOf(error)
  const row = await db.selectFrom('archives').select('progress').where('id', '=', archiveId).executeTakeFirstOrThrow()
  const attempts = Number(row.progress['attempts'] ?? 0) + 1
  const failure = known ?? (attempts >= ATTEMPTS ? 'NOT_DONE' : null)
  await db
    .updateTable('archives')
    .set({ failure, progress: JSON.stringify({ ...row.progress, attempts }) })
    .where('id', '=', archiveId)
    .execute()
  if (known === undefined) throw error
}

function failureOf(error: unknown): ArchiveFailure | undefined {
  if (error instanceof CollectedError) return error.code
  if (error instanceof AcquisitionError) return error.code === 'NOT_FOUND' ? 'COLLECTED_GONE' : undefined
  const code = String((error as { code?: unknown }).code)
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) return 'NO_ROOM'
  if (error instanceof VaultError) return error.code === 'NOT_WRITABLE' ? 'NO_ROOM' : 'DAMAGED'
  return undefined
}

/** The work for which an archive waits in each state. */
const JOBS: Readonly<Record<string, JobName>> = {
  taking_in: 'take-in-archive',
  matching: 'match-archive',
  closing: 'close-archive',
} satisfies Record<WorkState, JobName>

/** Begins work that failed again. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW `NOT_FAILED`. */
export async function tryArchiveAgain(ops: Ops, actor: Actor, archiveId: string): Promise<void> {
  await askFirst(ops, actor, 'archive.manage')
  const { db } = ops.store
  const row = isId(archiveId)
    ? await db.selectFrom('archives').select(['state', 'failure']).where('id', '=', archiveId).executeTakeFirst()
    : undefined
  if (row === undefined) throw notFound()
  const job = JOBS[row.state]
  if (row.failure === null || job === undefined)
    throw new ActionError('NOT_NOW', 'NOT_FAILED', 'nothing has failed', 'look at where it stands')
  await ops.journal.record({ kind: 'archive.tried_again', actor: actor.id, details: { archive: archiveId } })
  await db.updateTable('archives').set({ failure: null, progress: '{}' }).where('id', '=', archiveId).execute()
  await ops.enqueue(job, { archive: archiveId })
}
