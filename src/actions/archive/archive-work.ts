import type { Ran } from '../extraction/run-extraction.ts'
import { claim, isUnclaimed } from '../claim.ts'
import type { Ops } from '../ops.ts'
import { Interrupted, noteFailure } from './failed-archive.ts'

/** How often, in milliseconds, the page is told how far work has come. */
const TELL = 500

/** In which an archive waits for a worker. */
export type WorkState = 'taking_in' | 'matching' | 'closing'

/** Work on an archive while it is done. */
export interface ArchiveWork {
  /** Ends the work by throwing Interrupted, where the worker is to end or has lost its claim. */
  goesOn(): void
  /** Tells the page how far it has come, now and then. */
  tell(progress: Readonly<Record<string, unknown>>): Promise<void>
}

/**
 * Does one thing to an archive, alone among all processes, while it is in this state and has not failed. What `run` throws that a person can mend is
 * noted. Throws what nobody expected, after which it may be called again.
 */
export async function workOnArchive(
  ops: Ops,
  id: string,
  state: WorkState,
  ending: AbortSignal,
  run: (work: ArchiveWork) => Promise<void>,
): Promise<Ran> {
  const lost = new AbortController()
  const claimed = await claim(ops.store, `archive ${id}`, () => lost.abort())
  if (claimed === undefined) return 'elsewhere'
  const { db } = ops.store
  try {
    const row = await db
      .selectFrom('archives')
      .select(['state', 'failure', 'progress'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (row === undefined || row.state !== state || row.failure !== null) return 'over'
    const attempts = Number(row.progress['attempts'] ?? 0)
    let told = Number.NEGATIVE_INFINITY
    await run({
      goesOn() {
        if (ending.aborted || lost.signal.aborted) throw new Interrupted()
      },
      async tell(progress) {
        const now = ops.now().getTime()
        if (now - told < TELL) return
        told = now
        await db
          .updateTable('archives')
          .set({ progress: JSON.stringify({ ...progress, attempts }) })
          .where('id', '=', id)
          .execute()
      },
    })
    return 'over'
  } catch (error) {
    if (error instanceof Interrupted) return 'again'
    await noteFailure(ops, id, error)
    return 'over'
  } finally {
    await claimed.release()
  }
}

/** The ids of archives that wait for work which no worker has: left behind by one that was ended, or never handed out. Oldest first. */
export async function archivesLeftBehind({ store: { db } }: Ops, state: WorkState): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('archives')
    .select('id')
    .where('state', '=', state)
    .where('failure', 'is', null)
    // Who works on one holds this lock of the database; it falls with their connection.
    .where(isUnclaimed('archive', 'archives.id'))
    .orderBy('opened_at')
    .execute()
  return rows.map(({ id }) => id)
}
