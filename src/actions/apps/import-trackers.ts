import { hash } from 'node:crypto'
import { PackageError, TrackerList } from '../../apps/index.ts'
import { ActionError } from '../action-error.ts'
import type { Actor, Ops } from '../ops.ts'
import { askFirst } from '../allow.ts'

/** The longest list of trackers, in bytes. */
export const LARGEST_TRACKER_LIST = 16 << 20

/** The list of trackers that packages are held against. */
export interface TrackersInUse {
  readonly trackers: number
  readonly digest: string
  readonly at: Date
}

/**
 * Takes in a list of trackers as Exodus Privacy publishes it: none comes with the service. The newest counts, from the next package on. Throws ActionError
 * NOT_ALLOWED, NOT_VALID `list`.
 */
export async function importTrackers(ops: Ops, actor: Actor, bytes: Buffer): Promise<TrackersInUse> {
  await askFirst(ops, actor, 'app.manage')
  const list = bytes.toString('utf8').replaceAll('\0', '')
  const trackers = countIn(list)
  const digest = hash('sha256', list, 'hex')
  const at = ops.now()
  await ops.journal.record({ kind: 'app.trackers_imported', actor: actor.id, details: { list: digest, trackers } })
  await ops.store.db
    .insertInto('tracker_lists')
    .values({ digest, trackers, list, person_id: actor.id, at })
    .onConflict((conflict) => conflict.column('digest').doUpdateSet({ at, person_id: actor.id }))
    .execute()
  return { trackers, digest, at }
}

function countIn(list: string): number {
  try {
    const { trackers } = TrackerList.parse(list)
    if (trackers.length > 0) return trackers.length
  } catch (error) {
    if (!(error instanceof PackageError)) throw error
  }
  throw new ActionError(
    'NOT_VALID',
    'list',
    'this is no list of trackers',
    'choose the file that Exodus Privacy publishes',
  )
}

/** Which list counts; undefined where there is none. The caller has asked the policy. */
export async function trackersInUse(ops: Ops): Promise<TrackersInUse | undefined> {
  return newestList(ops).select(['trackers', 'digest', 'at']).executeTakeFirst()
}

/** The same list, as it was brought in: for whoever holds packages against it. */
export async function trackerList(ops: Ops): Promise<{ digest: string; list: string } | undefined> {
  return newestList(ops).select(['digest', 'list']).executeTakeFirst()
}

function newestList({ store }: Ops) {
  return store.db.selectFrom('tracker_lists').orderBy('at', 'desc').limit(1)
}
