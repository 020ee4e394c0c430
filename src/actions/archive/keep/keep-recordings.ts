import { claim, isUnclaimed } from '../../claim.ts'
import { type Ran, runExtraction } from '../../extraction/run-extraction.ts'
import type { Tool } from '../../extraction/take-extract.ts'
import type { Ops } from '../../ops.ts'
import { leaveArchive, NotInExtract } from './leave-archive.ts'

/**
 * Does what was approved: seals the recordings of a keep into an extract of their own, as any extraction does, and only once that is whole, checked and held
 * destroys the archive's own copies. Nobody else works on the archive meanwhile. Whoever is ended in the middle is followed by another: nothing is kept twice,
 * and nothing is lost. Throws what nobody expected, after which it may be called again.
 */
export async function keepRecordings(
  ops: Ops,
  keepId: string,
  { tool, ending }: { tool: Tool; ending: AbortSignal },
): Promise<Ran> {
  const { db } = ops.store
  const keep = await db.selectFrom('recording_keeps').selectAll().where('id', '=', keepId).executeTakeFirst()
  if (keep?.extraction_id == null || keep.done_at !== null || keep.failure !== null) return 'over'
  const lost = new AbortController()
  const claimed = await claim(ops.store, `archive ${keep.archive_id}`, () => lost.abort())
  if (claimed === undefined) return 'elsewhere'
  try {
    // What a batch seals anew stands beside the rows until it is settled, and would be put back after this.
    if (await isBeingDestroyed(ops, keep.archive_id)) return 'elsewhere'
    const ran = await runExtraction(ops, keep.extraction_id, {
      tool,
      ending: AbortSignal.any([ending, lost.signal]),
    })
    if (ran !== 'over') return ran
    const { state, failure } = await db
      .selectFrom('extractions')
      .select(['state', 'failure'])
      .where('id', '=', keep.extraction_id)
      .executeTakeFirstOrThrow()
    if (state !== 'sealed') {
      await fail(ops, keepId, failure ?? state.toUpperCase())
      return 'over'
    }
    lost.signal.throwIfAborted()
    await leaveArchive(ops, keep)
    return 'over'
  } catch (error) {
    if (!(error instanceof NotInExtract)) throw error
    await fail(ops, keepId, 'NOT_IN_EXTRACT')
    return 'over'
  } finally {
    await claimed.release()
  }
}

/** Keeps that were approved and are not done, with no worker at their archive: left behind by one that was ended, or never handed out. */
export async function keepsLeftBehind({ store: { db } }: Ops): Promise<string[]> {
  const rows = await db
    .selectFrom('recording_keeps')
    .select('id')
    .where('approved', '=', true)
    .where('done_at', 'is', null)
    .where('failure', 'is', null)
    // Who works on an archive holds this lock of the database; it falls with their connection.
    .where(isUnclaimed('archive', 'archive_id'))
    .orderBy('decided_at')
    .execute()
  return rows.map(({ id }) => id)
}

async function isBeingDestroyed({ store: { db } }: Ops, archiveId: string): Promise<boolean> {
  const row = await db
    .selectFrom('batches')
    .select('id')
    .where('archive_id', '=', archiveId)
    .where('state', '=', 'destroying')
    .executeTakeFirst()
  return row !== undefined
}

async function fail({ store: { db } }: Ops, keepId: string, failure: string): Promise<void> {
  await db.updateTable('recording_keeps').set({ failure }).where('id', '=', keepId).execute()
}
