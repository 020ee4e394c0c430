import { rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Insertable } from 'kysely'
import { AcquisitionError, type FileSource } from '../../acquisition/index.ts'
import { localTime } from '../../records/index.ts'
import { type InventoryItem, itemIdOf } from '../../recordings/index.ts'
import type { ArchiveItemsTable } from '../../store/index.ts'
import { onDisk } from '../../vault/index.ts'
import type { Ops } from '../ops.ts'
import type { ArchiveWork } from './archive-work.ts'
import type { ArchiveKeys } from './details.ts'
import { recordingPlace, sealRecording } from './recording-file.ts'

/** Recordings whose rows are written together: what is lost where the process is killed, and copied again. */
const BATCH = 512
/** Files that are copied at the same time. */
const AT_ONCE = 8

/** A file is not what it was when the inventory was taken. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile'
  readonly path: string

  constructor(path: string) {
    super('a file is not what it was')
    this.path = path
  }
}

interface Made {
  readonly place: string
  readonly making: string
  readonly row: Insertable<ArchiveItemsTable> & { readonly id: string }
}

/**
 * Copies every recording that has no row yet, sealed, and writes its row. A row is there only when the disk has its bytes, and its bytes are those of the
 * inventory. Throws ChangedMeanwhile, Interrupted and what the disk throws.
 */
export async function takeInRecordings(
  ops: Ops,
  parts: {
    readonly keys: ArchiveKeys
    readonly source: FileSource
    readonly items: readonly InventoryItem[]
    /** in the order in which phones are counted */
    readonly devices: readonly string[]
    readonly work: ArchiveWork
  },
): Promise<void> {
  const { keys, items, devices, work } = parts
  const there = await ops.store.db
    .selectFrom('archive_items')
    .select('id')
    .where('archive_id', '=', keys.archiveId)
    .execute()
  const known = new Set(there.map(({ id }) => id))
  const phones = new Map(devices.map((device, at) => [device, at + 1]))
  const left = items.flatMap((item) => {
    const id = itemIdOf(item.path, keys.marks)
    return known.has(id) ? [] : [{ item, id }]
  })
  let done = items.length - left.length
  for (let at = 0; at < left.length; at += BATCH) {
    const made = await inTurns(left.slice(at, at + BATCH), async ({ item, id }) => {
      work.goesOn()
      return copy(ops, parts, item, { id, phone: phones.get(item.device) })
    })
    work.goesOn()
    await keep(ops, keys, made)
    done += made.length
    await work.tell({ step: 'sealing', files: items.length, done })
  }
}

async function copy(
  ops: Ops,
  { keys, source }: { readonly keys: ArchiveKeys; readonly source: FileSource },
  item: InventoryItem,
  { id, phone }: { readonly id: string; readonly phone: number | undefined },
): Promise<Made> {
  const { path, device, bytes, sha256, named, audio, said, listed } = item
  const place = recordingPlace(ops, keys.archiveId, id)
  const file = await source.open({ path }).catch((error: unknown) => {
    throw error instanceof AcquisitionError ? new ChangedMeanwhile(path) : error
  })
  const sealed = await sealRecording(file, place).finally(() => file.close())
  if (sealed.sha256 !== sha256 || sealed.bytes !== bytes) {
    await rm(sealed.making)
    throw new ChangedMeanwhile(path)
  }
  const { recordingKey, making } = sealed
  return {
    place,
    making,
    row: {
      archive_id: keys.archiveId,
      id,
      sha256,
      bytes,
      phone: phone ?? null,
      month: monthOf(item) ?? null,
      recorder: named?.recorder ?? null,
      container: audio?.container ?? null,
      audio: audio?.state ?? (bytes === 0 ? 'empty' : 'not_recognised'),
      duration_ms: audio?.durationMs === undefined ? null : Math.round(audio.durationMs),
      generation: keys.generation,
      sealed: keys.sealDetails(id, { path, device, named, audio, said, listed, recordingKey }),
    },
  }
}

/** Gives files their names and writes their rows. One at a time: of two who believe that the work is theirs, one finds the rows of the other. */
async function keep(ops: Ops, keys: ArchiveKeys, made: readonly Made[]): Promise<void> {
  await ops.store.db.transaction().execute(async (db) => {
    await db.selectFrom('archives').select('id').where('id', '=', keys.archiveId).forUpdate().executeTakeFirstOrThrow()
    const there = await db
      .selectFrom('archive_items')
      .select('id')
      .where('archive_id', '=', keys.archiveId)
      .where(
        'id',
        'in',
        made.map(({ row }) => row.id),
      )
      .execute()
    const known = new Set(there.map(({ id }) => id))
    const folders = new Set<string>()
    for (const { place, making, row } of made) {
      if (known.has(row.id)) await rm(making)
      else await rename(making, place)
      folders.add(dirname(place))
    }
    for (const folder of folders) {
      onDisk(folder)
    }
    onDisk(dirname(dirname((made[0] as Made).place)))
    const rows = made.flatMap(({ row }) => (known.has(row.id) ? [] : [row]))
    if (rows.length > 0) await db.insertInto('archive_items').values(rows).execute()
  })
}

/** `2019-03` by clocks in Britain, by whatever tells first when it was. */
function monthOf({ named, said, listed }: InventoryItem): string | undefined {
  const at = named?.started?.at[0] ?? said?.startedAt ?? listed?.startedAt
  return at === undefined ? undefined : monthAt(at)
}

/** The month of an instant by clocks in Britain, `2019-03`. */
export function monthAt(at: number): string {
  const { year, month } = localTime(at)
  return `${year}-${String(month).padStart(2, '0')}`
}

async function inTurns<T, Out>(all: readonly T[], work: (one: T) => Promise<Out>): Promise<Out[]> {
  const found: Out[] = []
  let next = 0
  const one = async () => {
    for (let at = next++; at < all.length; at = next++) found[at] = await work(all[at] as T)
  }
  // All of them are waited for, also where one fails: nothing is written any more when this ends.
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, one))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  return found
}
