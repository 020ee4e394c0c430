import type { StopReason } from '../../store/index.ts'
import { notFound } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { type Grant, grantOf } from '../extraction/live-grant.ts'
import type { Actor, Ops } from '../ops.ts'
import { askedFor, type ByHand, type HandMethod, type HandSource, type Seen } from './by-hand.ts'
import { statementOf } from './record-by-hand.ts'

/** A device that is being looked at by hand, or was. */
export interface ReadByHand {
  readonly method: HandMethod
  readonly begun: Date
  readonly begunBy: string
  /** why it must stop, where somebody or something ended it */
  readonly stop: StopReason | undefined
  readonly asked: readonly Omit<Seen, 'count'>[]
  /** absent while it goes on */
  readonly record: ByHand | undefined
  readonly recordedBy: string | undefined
}

/** What somebody needs to begin: the grant, and by which numbers the device is told from others. Throws ActionError NOT_ALLOWED, NOT_NOW. */
export async function readBeginByHand(
  ops: Ops,
  actor: Actor,
  requestId: string,
): Promise<{ grant: Grant; named: readonly ('serial' | 'imei' | 'exhibit')[] }> {
  await mustAllow(ops, actor, 'extraction.start', { of: 'request', id: requestId })
  const grant = await grantOf(ops, requestId)
  const { serial, imei } = statementOf(grant).authorisation.device
  const numbers = [
    ...(serial === undefined ? [] : ['serial' as const]),
    ...(imei === undefined ? [] : ['imei' as const]),
  ]
  return { grant, named: numbers.length > 0 ? numbers : ['exhibit'] }
}

/** Reads an extraction by hand. Throws ActionError NOT_ALLOWED, NOT_FOUND, also for one that is none. */
export async function readByHand(ops: Ops, actor: Actor, id: string): Promise<ReadByHand> {
  await mustAllow(ops, actor, 'extraction.see', { of: 'extraction', id })
  const { db } = ops.store
  const row = await db
    .selectFrom('extractions')
    .innerJoin('people', 'people.id', 'extractions.queued_by')
    .select(['request_id', 'state', 'source', 'started_at', 'queued_at', 'stop', 'result', 'people.name'])
    .where('extractions.id', '=', id)
    .executeTakeFirst()
  const source = row?.source as unknown as HandSource | undefined
  if (row === undefined || source?.kind !== 'hand') throw notFound()
  const record = row.state === 'recorded' ? (row.result as unknown as ByHand) : undefined
  const recorder =
    record && (await db.selectFrom('people').select('name').where('id', '=', record.recorded_by).executeTakeFirst())
  return {
    method: source.method,
    begun: row.started_at ?? row.queued_at,
    begunBy: row.name,
    stop: row.stop ?? undefined,
    asked: askedFor(statementOf(await grantOf(ops, row.request_id)).authorisation.scope),
    record,
    recordedBy: recorder?.name,
  }
}

/** What is being looked at by hand, in cases of somebody's, and not on record yet. Those that were begun first are first. */
export async function waitingByHand(
  { store: { db } }: Ops,
  actor: Actor,
): Promise<{ id: string; reference: string; exhibit: string; since: Date }[]> {
  return db
    .selectFrom('extractions')
    .innerJoin('requests', 'requests.id', 'extractions.request_id')
    .innerJoin('case_members', (join) =>
      join.onRef('case_members.case_id', '=', 'requests.case_id').on('case_members.person_id', '=', actor.id),
    )
    .innerJoin('devices', 'devices.id', 'requests.device_id')
    .select(['extractions.id', 'requests.reference', 'exhibit', 'queued_at as since'])
    .where('state', '=', 'looking')
    .orderBy('queued_at')
    .execute()
}
