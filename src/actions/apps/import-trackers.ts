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
export async function trackersInUse({ store }: Ops): Promise<TrackersInUse | undefined> {
  return store.db
    .selectFrom('tracker_lists')
    .select(['trackers', 'digest', 'at'])
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
}
