import assert from 'node:assert/strict'
import { mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseCheckpoint } from '../checkpoint.ts'
import { TlogError } from '../errors.ts'
import { logFolder } from '../log-folder.ts'
import { parseNote } from '../note.ts'
import { readBundle, readTile } from '../tile-reader.ts'
import { formatBundle, tilePath, tilesBetween, TILE_WIDTH, widthOf } from '../tile.ts'
import { SIGNED } from './recover.ts'
import { formatBatch } from './write-ahead.ts'

/** How long the log is waited for until it has published what is to be copied, ms. */
const PATIENCE = 10_000
const LOOK = 20

/**
 * Copies a log as it was at `size` entries, while it is being written, into `folder` and `state`, which must not be there: the tree of the last
 * checkpoint at or below that size, and what came after it as entries on their way. Opened for writing, the copy publishes those first. Throws TlogError
 * `TILE_MALFORMED`, `NOTE_MALFORMED`, or `OUT_OF_RANGE` where the log has not so many entries.
 */
export async function copyLog(
  from: string,
  size: number,
  { folder, state }: { folder: string; state: string },
  patience = PATIENCE,
): Promise<void> {
  const { read, archive } = logFolder(from)
  const there = await published(read, size, patience)
  await mkdir(folder, { recursive: true })
  await mkdir(state, { recursive: true, mode: 0o700 })
  const kept = (await archive()).filter((one) => one <= size)
  const last = kept.at(-1)
  if (last === undefined)
    throw new TlogError('NOTE_MALFORMED', 'the log keeps no checkpoint', 'copy it from where it is written')
  for (const one of kept) await copy(read, folder, `archive/checkpoint.${one}`)
  for (const tile of tilesBetween(0, last))
    await write(folder, tilePath(tile), Buffer.concat(await readTile(read, tile)))
  const entries = (index: number, width: number) => readBundle(read, index, Math.min(width, widthOf(0, index, there)))
  for (let index = 0; index * TILE_WIDTH < last; index++) {
    const width = widthOf(0, index, last)
    const bundle = await entriesOf(entries, index, width, there)
    await write(folder, tilePath({ level: 'entries', index, width }), formatBundle(bundle))
  }
  const note = await read(`archive/checkpoint.${last}`)
  assert(note !== undefined, 'it was copied a moment ago')
  await write(folder, 'checkpoint', note)
  await write(state, SIGNED, note)
  const pending: Buffer[] = []
  for (let at = last; at < size; ) {
    const index = Math.floor(at / TILE_WIDTH)
    const bundle = await entriesOf(entries, index, widthOf(0, index, size), there)
    const some = bundle.slice(at % TILE_WIDTH)
    pending.push(...some)
    at += some.length
  }
  if (pending.length > 0) await write(state, `wal-${String(last).padStart(16, '0')}`, formatBatch(last, pending))
}

/** The first entries of a bundle, whatever width it is kept in by now. */
async function entriesOf(
  read: (index: number, width: number) => Promise<Buffer[]>,
  index: number,
  width: number,
  there: number,
): Promise<Buffer[]> {
  try {
    return await read(index, width)
  } catch (error) {
    if (!(error instanceof TlogError)) throw error
    // A width that was never published: it is the beginning of what is.
    return (await read(index, widthOf(0, index, there))).slice(0, width)
  }
}

/** Waits until the log has published so many entries; gives how many it has. */
async function published(read: ReturnType<typeof logFolder>['read'], size: number, patience: number): Promise<number> {
  for (let waited = 0; ; waited += LOOK) {
    const note = await read('checkpoint')
    const there = note === undefined ? -1 : parseCheckpoint(parseNote(note).text).size
    if (there >= size) return there
    if (waited >= patience)
      throw new TlogError('OUT_OF_RANGE', 'the log has not published what is to be copied', 'is the service running?')
    await pause(LOOK)
  }
}

async function copy(read: ReturnType<typeof logFolder>['read'], folder: string, path: string): Promise<void> {
  const bytes = await read(path)
  if (bytes === undefined)
    throw new TlogError('NOTE_MALFORMED', `${path} is missing`, 'restore it from a copy of the log')
  await write(folder, path, bytes)
}

async function write(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  const file = await open(join(folder, path), 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}
