import { setTimeout as pause } from 'node:timers/promises'
import { type Catalogue, type Compartment, type TagOn, View } from '../../review/index.ts'
import { ContainerReader } from '../../vault/index.ts'
import type { ActionError } from '../action-error.ts'
import type { Ops } from '../ops.ts'
import { extractPath } from '../extraction/extract-path.ts'
import { no } from './held-extract.ts'
import { openCatalogue, removeCatalogue } from './kept-catalogue.ts'

/** One container, open in this process, for as long as an opening of it is live. */
interface OpenReader {
  readonly reader: ContainerReader
  readonly catalogue: Promise<Catalogue>
  readonly stop: AbortController
  /** by session, the conversations whose people are shown by name */
  readonly unmasked: Map<string, Set<number>>
}

const SWEEP = 60_000

/** The containers that are open in this process: the keys stand in memory here, and nowhere else. Each goes when no opening of it is live any more. */
class OpenReaders {
  readonly #ops: Ops
  readonly #open = new Map<string, Promise<OpenReader>>()
  #sweeping: ReturnType<typeof setInterval> | undefined

  constructor(ops: Ops) {
    this.#ops = ops
  }

  /** Opens a container, or gives it where it is open. The log must have said before that it is opened. Throws KeyringError, VaultError. */
  async use(extraction: string): Promise<OpenReader> {
    let open = this.#open.get(extraction)
    if (open === undefined) {
      open = this.#begin(extraction)
      this.#open.set(extraction, open)
      open.catch(() => this.#open.delete(extraction))
      this.#sweeping ??= setInterval(() => void this.sweep().catch(() => {}), SWEEP).unref()
    }
    return open
  }

  /** Closes what no live opening needs. */
  async sweep(): Promise<void> {
    const { store, now } = this.#ops
    if (this.#open.size === 0) return
    const rows = await store.db
      .selectFrom('openings')
      .innerJoin('holdings', 'holdings.extraction_id', 'openings.extraction_id')
      .select('openings.extraction_id')
      .where('openings.closed_at', 'is', null)
      .where('openings.ends_at', '>', now())
      .where('holdings.destroyed_at', 'is', null)
      .execute()
    const live = new Set(rows.map(({ extraction_id }) => extraction_id))
    for (const extraction of this.#open.keys()) if (!live.has(extraction)) await this.close(extraction)
  }

  async close(extraction: string): Promise<void> {
    const open = this.#open.get(extraction)
    this.#open.delete(extraction)
    if (this.#open.size === 0) {
      clearInterval(this.#sweeping)
      this.#sweeping = undefined
    }
    const one = await open?.catch(() => undefined)
    if (one === undefined) return
    one.stop.abort()
    await one.catalogue.catch(() => undefined)
    one.reader.close()
  }

  /** Looks, where an extract could not be read, whether its catalogue is to blame: then that goes, and is made anew. Says whether it was. */
  async doubt(extraction: string): Promise<boolean> {
    const one = await this.#open.get(extraction)?.catch(() => undefined)
    const catalogue = await one?.catalogue.catch(() => undefined)
    if (catalogue === undefined || catalogue.isSound()) return false
    await this.close(extraction)
    await removeCatalogue(this.#ops, extraction)
    return true
  }

  async closeAll(): Promise<void> {
    for (const extraction of this.#open.keys()) await this.close(extraction)
  }

  get size(): number {
    return this.#open.size
  }

  async #begin(extraction: string): Promise<OpenReader> {
    const reader = await this.#ops.keyring.useExtractIdentity(extraction, (identity) =>
      ContainerReader.open(extractPath(this.#ops, extraction), [identity]),
    )
    const stop = new AbortController()
    const catalogue = openCatalogue(this.#ops, extraction, reader, stop.signal)
    // Whoever asks for a page is told; until then it is nobody's.
    catalogue.catch(() => {})
    return { reader, catalogue, stop, unmasked: new Map() }
  }
}

const READERS = new WeakMap<Ops, OpenReaders>()

export function readersOf(ops: Ops): OpenReaders {
  let readers = READERS.get(ops)
  if (readers === undefined) READERS.set(ops, (readers = new OpenReaders(ops)))
  return readers
}

/** Closes every container that is open in this process, and wipes its key from memory. For when the service ends. */
export async function closeReaders(ops: Ops): Promise<void> {
  await READERS.get(ops)?.closeAll()
}

/** How many containers are open in this process. */
export function openReaders(ops: Ops): number {
  return READERS.get(ops)?.size ?? 0
}

/** How long, in milliseconds, a page waits for a large extract to be catalogued before it says so. */
const PATIENCE = 2_000

/** Waits for the catalogue of a container. Throws ActionError NOT_NOW `PREPARING` where that takes longer than somebody waits for a page. */
async function ready({ catalogue }: OpenReader): Promise<Catalogue> {
  const late = new AbortController()
  try {
    return await Promise.race([
      catalogue,
      pause(PATIENCE, undefined, { signal: late.signal }).then(() => {
        throw preparing()
      }),
    ])
  } finally {
    late.abort()
  }
}

export function preparing(): ActionError {
  return no('PREPARING', 'the extract is still being made ready', 'wait a little and load the page again')
}

/** The view of a compartment, with all tags as they are now: what was set apart a moment ago, by whatever process, is gone from it. */
export async function viewOf(ops: Ops, extraction: string, compartment: Compartment): Promise<View> {
  const catalogue = await ready(await readersOf(ops).use(extraction))
  catalogue.setTags(await tagsOf(ops, extraction))
  return new View(catalogue, compartment)
}

async function tagsOf({ store: { db } }: Ops, extraction: string): Promise<TagOn[]> {
  return db.selectFrom('tags').select(['record_id as id', 'tag']).where('extraction_id', '=', extraction).execute()
}
