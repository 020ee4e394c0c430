import { existsSync } from 'node:fs'
import type { Selectable } from 'kysely'
import type { ExtractionsTable } from '../../store/index.ts'
import { type Ops, SERVICE_ACTOR } from '../ops.ts'
import { prepareCatalogue } from '../review/kept-catalogue.ts'
import { claimExtraction } from './claim-extraction.ts'
import { discardContainer, extractPath } from './extract-path.ts'
import { failureOf } from './failure.ts'
import { endStopped, finishExtraction } from './finish-extraction.ts'
import { checkGrant, type Grant, grantOf, underGrant } from './live-grant.ts'
import type { Result } from './result.ts'
import type { Source } from './start-extraction.ts'
import { lastEventOf } from './started-events.ts'
import { destroyWhatItReads } from './stop-extraction.ts'
import { takeExtract, type Tool } from './take-extract.ts'
import { Stopped, Watch } from './watch-extraction.ts'

type Row = Selectable<ExtractionsTable>

/** How often an extraction is begun anew when its worker was ended in the middle. */
const ATTEMPTS = 3

const LOGGED_AS = { upload: 'upload', kiosk: 'folder', recordings: 'archive' } as const

/** What became of it: `over`, whichever way; `again`, it waits to be taken up; `elsewhere`, another worker has it. */
export type Ran = 'over' | 'again' | 'elsewhere'

/**
 * Runs an extraction that waits, or that another worker left behind. Only one process at a time does so, however many are asked. Written to the log
 * before the source is opened; whatever ends it leaves either a sealed extract that is logged, or nothing. `ending` fires when the worker is to
 * end. Throws what nobody expected, after which it may be called again.
 */
export async function runExtraction(
  ops: Ops,
  id: string,
  { tool, ending }: { tool: Tool; ending: AbortSignal },
): Promise<Ran> {
  const lost = new AbortController()
  const claim = await claimExtraction(ops.store, id, () => lost.abort())
  if (claim === undefined) return 'elsewhere'
  try {
    const row = await ops.store.db.selectFrom('extractions').selectAll().where('id', '=', id).executeTakeFirst()
    if (row === undefined || !['queued', 'running'].includes(row.state)) return 'over'
    return await run(ops, row, { tool, ending, lost: lost.signal })
  } finally {
    await claim.release()
  }
}

interface Given {
  readonly tool: Tool
  readonly ending: AbortSignal
  readonly lost: AbortSignal
}

async function run(ops: Ops, row: Row, given: Given): Promise<Ran> {
  const { id } = row
  const source = row.source as unknown as Source
  const grant = await grantOf(ops, row.request_id)
  const last = await lastEventOf(ops, grant.case.id, id)
  if (last === 'extraction.finished' || (row.result !== null && existsSync(extractPath(ops, id))))
    return finished(ops, row, grant, row.result as unknown as Result, last === 'extraction.finished', given.ending)
  // Whoever ran it before was ended in the middle: nothing of that stays.
  await discardContainer(extractPath(ops, id))
  let attempts = Number(row.progress['attempts'] ?? 0)
  if (last === 'extraction.started') {
    attempts++
    if (row.stop === null) {
      await logFailed(ops, grant, id, 'WORKER_ENDED')
      if (attempts >= ATTEMPTS) return fail(ops, row, grant, 'WORKER_ENDED', false)
    }
  }
  if (row.stop !== null) {
    const stopped = new Stopped(row.stop, row.stop_by ?? SERVICE_ACTOR)
    return stop(ops, row, grant, stopped, last === 'extraction.started')
  }
  if (given.ending.aborted) return 'again'
  const now = checkGrant(grant, ops.now())
  if (!now.granted) {
    const code = grant.ended ?? (now.refusals[0]?.code === 'EXPIRED' ? 'authorisation-expired' : undefined)
    if (code !== undefined) return stop(ops, row, grant, new Stopped(code), false)
    return fail(ops, row, grant, now.refusals[0]?.code ?? 'NOT_GRANTED', false)
  }

  await ops.journal.record({
    kind: 'extraction.started',
    actor: row.queued_by,
    ...underGrant(grant),
    details: {
      extraction: id,
      device: grant.device.id,
      authorisation: now.digest,
      authorised_by: grant.decidedBy,
      source: LOGGED_AS[source.kind],
      tool: given.tool.version,
      commit: given.tool.commit,
    },
  })
  const begun = await ops.store.db
    .updateTable('extractions')
    .set({ state: 'running', started_at: ops.now(), result: null, progress: JSON.stringify({ attempts }) })
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst()
  if (begun.numUpdatedRows === 0n) {
    // Somebody ended it between the two.
    await endStopped(ops, { id, grant, stopped: new Stopped('person', SERVICE_ACTOR), started: true })
    return 'over'
  }
  const until = new Date(now.authorisation.valid.until)
  const watch = new Watch(ops, { id, requestId: row.request_id, until, attempts, ending: given.ending })
  given.lost.addEventListener('abort', watch.lost)
  if (given.lost.aborted) watch.lost()
  let result: Result
  try {
    result = await takeExtract(ops, { id, source, grant, tool: given.tool, watch })
  } catch (error) {
    await watch.end()
    await discardContainer(extractPath(ops, id))
    if (error instanceof Stopped) return stop(ops, row, grant, error, true)
    const code = failureOf(error)
    if (code === undefined) throw error
    return fail(ops, row, grant, code, true)
  } finally {
    given.lost.removeEventListener('abort', watch.lost)
  }
  await watch.end()
  await ops.store.db
    .updateTable('extractions')
    .set({ result: JSON.stringify(result) })
    .where('id', '=', id)
    .execute()
  return finished(ops, row, grant, result, false, given.ending)
}

async function finished(
  ops: Ops,
  row: Row,
  grant: Grant,
  result: Result,
  logged: boolean,
  ending: AbortSignal,
): Promise<Ran> {
  try {
    await finishExtraction(ops, { id: row.id, by: row.queued_by, grant, result, logged })
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
    await discardContainer(extractPath(ops, row.id))
    return stop(ops, row, grant, error, true)
  }
  await destroyWhatItReads(ops, row.id, row.source as unknown as Source, true)
  await prepareCatalogue(ops, row.id, ending)
  return 'over'
}

async function stop(ops: Ops, row: Row, grant: Grant, stopped: Stopped, started: boolean): Promise<Ran> {
  if (stopped.because === 'service-stopped') {
    await endStopped(ops, { id: row.id, grant, stopped, started })
    return 'again'
  }
  // The key first: were the rest interrupted, nothing opens what is left.
  if (await ops.keyring.has(row.id)) await ops.keyring.destroyExtractKey(row.id)
  await endStopped(ops, { id: row.id, grant, stopped, started })
  await destroyWhatItReads(ops, row.id, row.source as unknown as Source, false)
  return 'over'
}

/** Ends an extraction that came to nothing. What was handed in stays until its day is over: often another try is all that is needed. */
async function fail(ops: Ops, row: Row, grant: Grant, code: string, started: boolean): Promise<Ran> {
  if (await ops.keyring.has(row.id)) await ops.keyring.destroyExtractKey(row.id)
  if (started) await logFailed(ops, grant, row.id, code)
  await ops.store.db
    .updateTable('extractions')
    .set({ state: 'failed', failure: code, finished_at: ops.now(), result: null, progress: '{}' })
    .where('id', '=', row.id)
    .where('state', 'in', ['queued', 'running'])
    .execute()
  const { kind: _, ...rest } = row.source as unknown as Source
  if (rest.password) await destroyWhatItReads(ops, row.id, { kind: 'kiosk', name: '', password: true }, false)
  return 'over'
}

async function logFailed(ops: Ops, grant: Grant, id: string, code: string): Promise<void> {
  await ops.journal.record({
    kind: 'extraction.failed',
    actor: SERVICE_ACTOR,
    ...underGrant(grant),
    details: { extraction: id, code },
  })
}
