import { sql } from 'kysely'
import { type EventKind, leafFor, parseLeaf } from '../events/index.ts'
import type { Store } from '../store/index.ts'
import { JournalError } from './errors.ts'

/** What the sequencer needs of the log. */
export interface LogWriter {
  readonly size: number
  /** what stopped it behind the last entry that it took, as where a checkpoint could not be published; no entry is taken then */
  readonly failure?: Error | undefined
  /** Appends entries; resolves with the index of the first when all of them are on the disk. */
  appendMany(entries: readonly Uint8Array[]): Promise<number>
  entriesFrom(index: number): AsyncIterable<{ readonly index: number; readonly entry: Uint8Array }>
  /** Opens it again where something stopped it; absent where that cannot be. */
  reopen?(): Promise<void>
}

/** Gives waiting statements their places in the log. There is one, in the process that writes the log. */
export interface Sequencer {
  /** Resolves with the index of a statement's entry; undefined where it has none after so many milliseconds. */
  sequenced(id: number, withinMs: number): Promise<number | undefined>
  isRunning(): boolean
  stop(): Promise<void>
}

/** Statements that are given their places at once. */
const BATCH = 500
/** How often, in milliseconds, statements of other processes are looked for. */
const LOOK = 50
/** How often, in milliseconds, it is tried to go on after something stopped it, such as a full disk. */
const AGAIN = 5_000

/**
 * Starts giving places. First it takes up what the log holds and the database does not know of: a process may have been ended between the
 * two. `failed` is told what stopped it; then no entry is taken, until log and database can be opened again. Throws JournalError LOG_AHEAD where the log holds entries that no statement has: the database is older than the log;
 * LOG_BEHIND where it is newer.
 */
export async function sequence(store: Store, log: LogWriter, failed: (error: unknown) => void): Promise<Sequencer> {
  await takeUp(store, log)
  const waiting = new Map<number, (leaf: number | undefined) => void>()
  /** whoever wrote these down was told that they are not in the log, and did nothing */
  const refused = new Set<number>()
  let running = true
  const ending = new AbortController()
  const isOver = () => ending.signal.aborted
  let nudged = true
  let wake: () => void = () => {}
  const nudge = () => {
    nudged = true
    wake()
  }
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const go = async () => {
    while (!isOver()) {
      nudged = false
      // Noticed at once, and not by whoever writes next: nobody is told that it runs while it does not.
      if (log.failure !== undefined) throw log.failure
      const placed = await place(store, log)
      for (const { id, leaf } of placed) {
        waiting.get(id)?.(leaf)
        waiting.delete(id)
      }
      if (placed.length === BATCH || nudged || isOver()) continue
      await pause(LOOK)
    }
  }
  const goOn = async () => {
    while (!isOver() && !running) {
      await pause(AGAIN)
      if (isOver()) return
      try {
        await log.reopen?.()
        await takeUp(store, log)
        while (refused.size > 0) {
          const ids = [...refused]
          await drop(store, ids)
          for (const id of ids) refused.delete(id)
        }
        running = true
      } catch {
        // What stopped it was told; it is still so.
      }
    }
  }
  const done = (async () => {
    while (!isOver())
      try {
        await go()
      } catch (error) {
        running = false
        for (const [id, answer] of waiting) {
          refused.add(id)
          answer(undefined)
        }
        waiting.clear()
        failed(error)
        if (log.reopen === undefined) return
        await goOn()
      }
  })()

  return {
    sequenced: (id, withinMs) =>
      new Promise((resolve) => {
        if (!running) {
          refused.add(id)
          return resolve(undefined)
        }
        const timer = setTimeout(() => {
          waiting.delete(id)
          resolve(undefined)
        }, withinMs)
        waiting.set(id, (leaf) => {
          clearTimeout(timer)
          resolve(leaf)
        })
        nudge()
      }),
    isRunning: () => running,
    async stop() {
      ending.abort()
      running = false
      wake()
      await done
    },
  }
}

/** Places the next statements, in the order in which they came. The log first, then the database. */
async function place({ log: db }: Store, log: LogWriter): Promise<{ id: number; leaf: number }[]> {
  const rows = await db
    .selectFrom('statements')
    .select(['id', 'kind', 'pseudonym', 'digest', 'happened_at', 'authorisation_leaf'])
    .where('leaf', 'is', null)
    .orderBy('id')
    .limit(BATCH)
    .execute()
  if (rows.length === 0) return []
  const last = await lastNumbers(
    db,
    rows.flatMap(({ pseudonym }) => pseudonym ?? []),
  )
  const entries = rows.map(({ kind, pseudonym, digest, happened_at: at, authorisation_leaf }) => {
    const authorisation = authorisation_leaf ?? undefined
    const n = pseudonym === null ? undefined : (last.get(pseudonym) ?? 0) + 1
    if (pseudonym !== null) last.set(pseudonym, n as number)
    return {
      n,
      leaf: leafFor({ kind: kind as EventKind, digest, casePseudonym: pseudonym ?? undefined, n, authorisation, at }),
    }
  })
  const first = await log.appendMany(entries.map(({ leaf }) => leaf))
  const placed = rows.map(({ id }, at) => ({ id, leaf: first + at, n: entries[at]?.n ?? null }))
  await note(db, placed)
  return placed
}

/** How far each case has counted. */
async function lastNumbers(db: Store['db'], pseudonyms: readonly string[]): Promise<Map<string, number>> {
  if (pseudonyms.length === 0) return new Map()
  const counted = await db
    .selectFrom('statements')
    .select(['pseudonym', ({ fn }) => fn.max('n').as('n')])
    .where('pseudonym', 'in', [...new Set(pseudonyms)])
    .groupBy('pseudonym')
    .execute()
  return new Map(counted.map(({ pseudonym, n }) => [pseudonym ?? '', n ?? 0]))
}

async function note(db: Store['db'], placed: readonly { id: number; leaf: number; n: number | null }[]): Promise<void> {
  const column = (values: (number | null)[]) => sql`unnest(${sql.val(values)}::bigint[])`
  await sql`
    UPDATE statements SET leaf = p.leaf, n = p.n
    FROM (SELECT ${column(placed.map(({ id }) => id))} AS id, ${column(placed.map(({ leaf }) => leaf))} AS leaf,
      ${column(placed.map(({ n }) => n))} AS n) p
    WHERE statements.id = p.id`.execute(db)
}

/** Lets go of statements that are not in the log and that nobody acted on: whoever tries again writes another. */
async function drop({ log: db }: Store, ids: number[]): Promise<void> {
  await db
    .deleteFrom('statements')
    .where('leaf', 'is', null)
    .where('id', '=', ({ fn, val }) => fn.any(val(ids)))
    .execute()
}

async function takeUp({ log: db }: Store, log: LogWriter): Promise<void> {
  const { known } = await db
    .selectFrom('statements')
    .select(({ fn }) => fn.max('leaf').as('known'))
    .executeTakeFirstOrThrow()
  if (known !== null && Number(known) >= log.size)
    throw new JournalError(
      'LOG_BEHIND',
      'the database knows entries that the log does not hold',
      'the log was restored from before: see docs/running.md',
    )
  for await (const { index, entry } of log.entriesFrom(known === null ? 0 : Number(known) + 1)) {
    const { e: digest, n } = parseLeaf(entry)
    const { numUpdatedRows } = await db
      .updateTable('statements')
      .set({ leaf: index, n: n ?? null })
      .where('digest', '=', digest)
      .where('leaf', 'is', null)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n)
      throw new JournalError(
        'LOG_AHEAD',
        'the log holds an entry that the database does not know',
        'the database was restored from before: see docs/running.md',
      )
  }
}
