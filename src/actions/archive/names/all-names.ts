import { hash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { maskedName, maskedNumber, type NamedCall, stemOf, type Tried } from '../../../recordings/index.ts'
import type { Actor, Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'
import { withArchiveKeys } from '../details.ts'
import { namesOf } from '../learnt-names.ts'
import { openedItems } from '../opened-items.ts'
import { isClosed } from '../closed-archive.ts'

/** A name of an archive. It tells of a person, and is masked before anybody sees it. */
export interface ArchiveName {
  readonly itemId: string
  readonly path: string
  readonly device: string
  /** without folders and extension */
  readonly stem: string
  /** what it was read to say when the archive was matched or taken in last */
  readonly named: NamedCall | undefined
}

/** Every name of an archive, in the order of ids; none of one that is closed. For what has asked the policy already. Throws ActionError NOT_FOUND. */
export async function allNames(ops: Ops, archiveId: string): Promise<ArchiveName[]> {
  const { generation, state } = await archiveRow(ops, archiveId)
  if (isClosed({ state })) return []
  return withArchiveKeys(ops, { id: archiveId, generation }, async (keys) => {
    const names: ArchiveName[] = []
    for await (const page of openedItems(ops.store.db, keys))
      for (const { id, details } of page)
        names.push({
          itemId: id,
          path: details.path,
          device: details.device,
          stem: stemOf(details.path) ?? '',
          named: details.named,
        })
    return names
  })
}

/** Names of which no rule, and nothing that was approved since, tells when the call was. */
export async function unreadNames(ops: Ops, archiveId: string, names: readonly ArchiveName[]): Promise<ArchiveName[]> {
  const parser = await namesOf(ops, archiveId)
  const unread: ArchiveName[] = []
  await eachName(names, (name) => {
    if (name.stem === '' || name.named?.started !== undefined) return
    if (parser.parse(name.path)?.started === undefined) unread.push(name)
  })
  return unread
}

const AT_ONCE = 500

/** Does something with each name, and lets others be answered between: an archive has hundreds of thousands. */
export async function eachName(names: readonly ArchiveName[], act: (name: ArchiveName) => void): Promise<void> {
  for (const [index, name] of names.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await setImmediate()
    act(name)
  }
}

/** What a name is read to say, as far as it is shown: its time and direction, of people the shape. */
export interface ReadExample {
  readonly name: string
  readonly numbers: readonly string[]
  readonly contact?: string
  readonly direction?: string
  /** two in the hour that comes twice */
  readonly at: readonly Date[]
  /** whether the name tells the second */
  readonly toTheSecond: boolean
}

/** Names that a template reads, masked. */
export function masked(examples: readonly Tried[], common: ReadonlySet<string>): ReadExample[] {
  return examples.map(({ path, call: { numbers, contact, direction, started } }) => ({
    name: maskedName(stemOf(path) ?? '', common),
    numbers: numbers.map(maskedNumber),
    ...(contact !== undefined && { contact: maskedName(contact) }),
    ...(direction !== undefined && { direction }),
    at: (started?.at ?? []).map((at) => new Date(at)),
    toTheSecond: started !== undefined && started.precision !== 'minute',
  }))
}

/** Writes down that names were shown, as far as their shape: how many, and which by a digest. */
export async function noteShown(ops: Ops, actor: Actor, archiveId: string, itemIds: readonly string[]): Promise<void> {
  await ops.journal.record({
    kind: 'names.shown',
    actor: actor.id,
    details: {
      archive: archiveId,
      recordings: itemIds.length,
      shown: hash('sha256', itemIds.toSorted().join('\n'), 'hex'),
    },
  })
}
