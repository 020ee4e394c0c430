import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../store/index.ts'
import { ActionError } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import type { Ran } from '../extraction/run-extraction.ts'
import { type Actor, type Ops, SERVICE_ACTOR } from '../ops.ts'
import { workOnArchive } from './archive-work.ts'
import { withArchiveKeys } from './details.ts'
import { Interrupted } from './failed-archive.ts'
import { lockArchive } from './lock-archive.ts'
import { countsOf, withFound } from './match-counts.ts'
import { type MatchesNow, matchesNow } from './matches-now.ts'
import { archiveOf } from './read-archive.ts'
import { digestOfInputs } from './registers-of.ts'
import { noteHolders } from './triage/note-holders.ts'
import { writeMatches } from './write-matches.ts'
import { mustBeOpen } from './closed-archive.ts'

export { lockArchive }

/**
 * Has an archive matched with everything that is known of it by now. Nobody decides anything by that. Throws ActionError NOT_ALLOWED, NOT_FOUND; NOT_NOW
 * `NOT_TAKEN_IN`, `CLOSED`.
 */
export async function startMatching(ops: Ops, actor: Actor, archiveId: string): Promise<void> {
  await askFirst(ops, actor, 'archive.manage')
  const { state } = await archiveOf(ops, archiveId)
  if (state === 'taking_in')
    throw new ActionError('NOT_NOW', 'NOT_TAKEN_IN', 'the archive is still being taken in', 'wait until it is')
  mustBeOpen({ state })
  await ops.journal.record({ kind: 'archive.matching_asked', actor: actor.id, details: { archive: archiveId } })
  await ops.store.db
    .updateTable('archives')
    .set({ state: 'matching', failure: null, progress: '{}' })
    .where('id', '=', archiveId)
    .where('state', 'in', ['taken_in', 'matched'])
    .execute()
  await ops.enqueue('match-archive', { archive: archiveId })
}

/** How often it is begun anew because something came in meanwhile, before others have their turn. */
const ROUNDS = 5

/**
 * Matches an archive for which that was asked (law row E14). All of it is written, or nothing: whoever was interrupted begins anew. Throws what nobody
 * expected, after which it may be called again.
 */
export async function matchArchiveNow(ops: Ops, id: string, { ending }: { ending: AbortSignal }): Promise<Ran> {
  return workOnArchive(ops, id, 'matching', ending, async (work) => {
    const { generation } = await ops.store.db
      .selectFrom('archives')
      .select('generation')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    await withArchiveKeys(ops, { id, generation }, async (keys) => {
      for (let round = 1; ; round++) {
        await work.tell({ step: 'matching' })
        const found = await matchesNow(ops, keys, work.goesOn)
        const counts = countsOf(found.matches, keys.marks)
        const written = await ops.store.db.transaction().execute(async (db) => {
          const matching = await lockedFor(db, id, found)
          // What came in meanwhile may be a hold: nothing is written over it.
          if (matching === undefined) return false
          await logMatched(ops, id, matching, counts, found)
          await writeMatches(ops, db, keys, found, work)
          await noteHolders(db, keys, found.matches)
          const at = ops.now()
          await db
            .updateTable('archives')
            .set({
              state: 'matched',
              counts: JSON.stringify(await withFound(db, id, counts)),
              matched_at: at,
              matching: sql<number>`matching + 1`,
              inputs: found.inputs,
              progress: '{}',
            })
            .where('id', '=', id)
            .execute()
          return true
        })
        if (!written && round === ROUNDS) throw new Interrupted()
        if (!written) continue
        // Every row is new: until they are looked through, counts of them read each, with what is sealed in it.
        await sql`VACUUM (ANALYZE) archive_items`.execute(ops.store.db)
        return
      }
    })
  })
}

/**
 * Holds the archive's row until all is written, so that whoever sets a hold or decides comes before or after. Gives the number of this matching; undefined
 * where something came in that it did not go by.
 */
async function lockedFor(db: Kysely<Tables>, id: string, { inputs }: MatchesNow): Promise<number | undefined> {
  const { matching } = await lockArchive(db, id)
  return (await digestOfInputs(db, id)) === inputs ? matching + 1 : undefined
}

async function logMatched(
  ops: Ops,
  id: string,
  matching: number,
  counts: ReturnType<typeof countsOf>,
  { inputs }: MatchesNow,
): Promise<void> {
  const classes = Object.fromEntries(Object.entries(counts.classes).map(([name, n]) => [name.toLowerCase(), n]))
  await ops.journal.record({
    kind: 'archive.matched',
    actor: SERVICE_ACTOR,
    details: { archive: id, matching, recordings: counts.files, classes, inputs },
  })
}
