import { couldEver } from '../../access/index.ts'
import { notFound } from '../action-error.ts'
import type { Actor, Ops } from '../ops.ts'
import { type DestructionState, stateOf } from './progress.ts'
import { recordsOf } from './read-excess.ts'

/** A destruction, from its proposal on. */
export interface ReadDestruction {
  readonly id: string
  readonly extraction: string
  readonly caseReference: string
  readonly exhibit: string
  /** of the request under which it was taken */
  readonly reference: string
  readonly reason: string
  readonly proposedBy: string
  readonly proposedByName: string
  readonly proposedAt: Date
  readonly approvedByName?: string
  readonly refusedByName?: string
  readonly state: DestructionState
  readonly doneAt?: Date
  readonly certificate?: Record<string, unknown>
  /** of a part: how many records */
  readonly records?: number
  /** approved, tried, and not possible yet: a word that does not change */
  readonly failure?: string
}

/** Which of them. */
export interface DestructionFilter {
  readonly id?: string
  readonly extraction?: string
  /** only those that wait for a second person */
  readonly proposed?: true
  /** at most; the newest */
  readonly most?: number
}

/** The destructions that somebody who answers for what is held may see, newest first. Everybody else sees those that they proposed. */
export async function readDestructions(
  ops: Ops,
  actor: Actor,
  { id, extraction, proposed, most }: DestructionFilter = {},
): Promise<ReadDestruction[]> {
  let query = ops.store.db
    .selectFrom('destructions')
    .innerJoin('extractions', 'extractions.id', 'destructions.extraction_id')
    .innerJoin('requests', 'requests.id', 'extractions.request_id')
    .innerJoin('devices', 'devices.id', 'requests.device_id')
    .innerJoin('cases', 'cases.id', 'requests.case_id')
    .innerJoin('people', 'people.id', 'destructions.proposed_by')
    .leftJoin('people as approvers', 'approvers.id', 'destructions.approved_by')
    .leftJoin('people as refusers', 'refusers.id', 'destructions.refused_by')
    .selectAll('destructions')
    .select([
      'cases.reference',
      'requests.reference as request_reference',
      'devices.exhibit',
      'people.name',
      'approvers.name as approved_by_name',
      'refusers.name as refused_by_name',
    ])
    .orderBy('proposed_at', 'desc')
  if (!couldEver(actor, 'destruction.approve') && !actor.roles.includes('data_protection_officer'))
    query = query.where('proposed_by', '=', actor.id)
  if (id !== undefined) query = query.where('destructions.id', '=', id)
  if (extraction !== undefined) query = query.where('destructions.extraction_id', '=', extraction)
  if (proposed)
    query = query.where('approved_by', 'is', null).where('refused_by', 'is', null).where('done_at', 'is', null)
  if (most !== undefined) query = query.limit(most)
  const rows = await query.execute()
  return rows.map((row) => ({
    id: row.id,
    extraction: row.extraction_id,
    caseReference: row.reference,
    exhibit: row.exhibit,
    reference: row.request_reference,
    reason: row.reason,
    proposedBy: row.proposed_by,
    proposedByName: row.name,
    proposedAt: row.proposed_at,
    ...(row.approved_by_name !== null && { approvedByName: row.approved_by_name }),
    ...(row.refused_by_name !== null && { refusedByName: row.refused_by_name }),
    state: stateOf(row),
    ...(row.done_at !== null && { doneAt: row.done_at }),
    ...(row.certificate !== null && { certificate: row.certificate }),
    ...(row.records !== null && { records: recordsOf(row) }),
    ...(row.failure !== null && { failure: row.failure }),
  }))
}

/** One of them. Throws ActionError NOT_FOUND. */
export async function readDestruction(ops: Ops, actor: Actor, id: string): Promise<ReadDestruction> {
  const [found] = await readDestructions(ops, actor, { id })
  if (found === undefined) throw notFound()
  return found
}
