import { askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'
import type { PlaceFinding, PlaceKind } from './note-place.ts'

/** What was said of a place at one time. */
export interface PlaceState {
  readonly id: string
  readonly found: PlaceFinding
  readonly evidence: string
  readonly by: string
  readonly at: Date
}

/** Somewhere copies of recordings are or may be. */
export interface Place {
  readonly kind: PlaceKind | 'collected_folder'
  readonly title: string
  readonly now: PlaceState
  /** what was said before, the newest first */
  readonly before: readonly PlaceState[]
}

const KINDS = ['collected_folder', 'phone', 'cloud', 'backup', 'other'] as const

/**
 * Where copies of an archive's recordings were looked for, and what was found (law row E14): by kind, then by title; with the archive's own. Throws ActionError NOT_ALLOWED,
 * NOT_FOUND.
 */
export async function readPlaces(
  ops: Ops,
  actor: Actor,
  archiveId: string,
): Promise<{ title: string; places: Place[] }> {
  await askFirst(ops, actor, 'archive.see')
  const { id, title } = await archiveRow(ops, archiveId)
  return { title, places: await placesOf(ops, id) }
}

/** The same without asking: for what has asked already, such as a certificate. */
export async function placesOf({ store }: Pick<Ops, 'store'>, archive: string): Promise<Place[]> {
  const rows = await store.db
    .selectFrom('archive_places')
    .innerJoin('people', 'people.id', 'archive_places.person_id')
    .selectAll('archive_places')
    .select('people.name')
    .where('archive_id', '=', archive)
    .orderBy('at', 'desc')
    .execute()
  const places = Map.groupBy(rows, ({ kind, title }) => `${KINDS.indexOf(kind)} ${title}`)
  return [...places]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, [now, ...before]]) => {
      if (now === undefined) return []
      const state = (row: (typeof rows)[number]): PlaceState => {
        const { id, found, evidence, name, at } = row
        return { id, found, evidence, by: name, at }
      }
      return [{ kind: now.kind, title: now.title, now: state(now), before: before.map(state) }]
    })
}
