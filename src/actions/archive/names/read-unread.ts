import { commonWords, maskedName, shapeOf } from '../../../recordings/index.ts'
import { askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'
import { allNames, type ArchiveName, noteShown, unreadNames } from './all-names.ts'

/** So many names are shown at once, at most. */
export const NAMES_SHOWN = 50
const OF_A_SHAPE = 5

/** Names of one shape that no rule reads. */
export interface UnreadShape {
  /** names of this shape there are */
  readonly names: number
  readonly examples: readonly { readonly itemId: string; readonly masked: string }[]
}

/** What no rule reads of an archive's names, masked: at most fifty of them, those shapes first that most have (law rows E13, E14). */
export interface Unread {
  readonly archiveTitle: string
  readonly names: number
  readonly of: number
  readonly shown: number
  readonly shapes: readonly UnreadShape[]
}

/** Shows them, and writes down that it does. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readUnread(ops: Ops, actor: Actor, archiveId: string): Promise<Unread> {
  await askFirst(ops, actor, 'recording.see')
  const { title } = await archiveRow(ops, archiveId)
  const all = await allNames(ops, archiveId)
  const unread = await unreadNames(ops, archiveId, all)
  const common = commonWords(unread)
  const groups = [...Map.groupBy(unread, ({ stem }) => shapeOf(stem)).values()].sort(
    (one, other) => other.length - one.length,
  )
  const chosen: { readonly all: readonly ArchiveName[]; readonly some: readonly ArchiveName[] }[] = []
  let shown = 0
  for (const group of groups) {
    const some = spread(group, Math.min(OF_A_SHAPE, NAMES_SHOWN - shown))
    if (some.length === 0) break
    shown += some.length
    chosen.push({ all: group, some })
  }
  if (shown > 0)
    await noteShown(
      ops,
      actor,
      archiveId,
      chosen.flatMap(({ some }) => some.map(({ itemId }) => itemId)),
    )
  return {
    archiveTitle: title,
    names: unread.length,
    of: all.length,
    shown,
    shapes: chosen.map(({ all: group, some }) => ({
      names: group.length,
      examples: some.map(({ itemId, stem }) => ({ itemId, masked: maskedName(stem, common) })),
    })),
  }
}

/** Some of a list, from all of its length: ids are in no order of names or phones. */
function spread<T>(list: readonly T[], most: number): T[] {
  const step = Math.max(1, Math.floor(list.length / Math.max(1, most)))
  return list.filter((_, index) => index % step === 0).slice(0, most)
}
