import { sql } from 'kysely'
import type { Compartment, View } from '../../review/index.ts'
import { VaultError } from '../../vault/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { type Actor, type Ops, SERVICE_ACTOR } from '../ops.ts'
import { type ClosedBecause, endOpening } from './close-extract.ts'
import { type HeldExtract, heldExtract } from './held-extract.ts'
import { IDLE_OPENING, LONGEST_OPENING, notOpen } from './open-extract.ts'
import { liveOpening, type Opening } from './opening.ts'
import { preparing, readersOf, viewOf } from './open-readers.ts'
import { READING_ACT } from './purposes.ts'

/** An extract that somebody has open, for the length of one page. */
export interface OpenExtract {
  readonly opening: Opening
  readonly held: HeldExtract
  readonly view: View
  /** conversations whose people this opening shows by name */
  readonly unmasked: ReadonlySet<number>
  /** Yields the bytes of a file that was taken, by its digest. Only of records that `view` has given. Throws VaultError DAMAGED. */
  readonly payload: (sha256: string) => AsyncGenerator<Buffer>
}

/** Which extract, and which compartment of it. */
export interface ExtractPart {
  readonly extraction: string
  readonly compartment?: Compartment
}

/**
 * Lends an extract that somebody has open, asked anew of the policy and of its state at every page: who is no member any more, or what was restricted,
 * withdrawn or destroyed meanwhile, is closed at once. Nothing of it must be kept. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW `NOT_OPEN`
 * and as `heldExtract`.
 */
export async function withOpenExtract<T>(
  ops: Ops,
  actor: Actor,
  { extraction, compartment = 'main' }: ExtractPart,
  use: (open: OpenExtract) => Promise<T>,
): Promise<T> {
  await mustAllow(ops, actor, READING_ACT[compartment], { of: 'extraction', id: extraction })
  const opening = await liveOpening(ops, actor, extraction, compartment)
  if (opening === undefined) throw notOpen()
  let held: HeldExtract
  try {
    held = await heldExtract(ops, extraction, opening.purpose)
  } catch (error) {
    await endBecause(ops, opening, error)
    throw error
  }
  await stay(ops, opening)
  const { reader, unmasked } = await readersOf(ops).use(extraction)
  try {
    return await use({
      opening,
      held,
      view: await viewOf(ops, extraction, compartment),
      unmasked: unmasked.get(opening.id) ?? new Set(),
      payload: (sha256) => reader.payload(sha256),
    })
  } catch (error) {
    if (error instanceof VaultError && error.code === 'DAMAGED' && (await readersOf(ops).doubt(extraction)))
      throw preparing()
    throw error
  }
}

/** It stays open for a while longer, and never past its longest. */
async function stay(ops: Ops, { id, openedAt }: Opening): Promise<void> {
  const until = Math.min(openedAt.getTime() + LONGEST_OPENING, ops.now().getTime() + IDLE_OPENING)
  await ops.store.db
    .updateTable('openings')
    .set({ ends_at: sql`greatest(ends_at, ${new Date(until)})` })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .execute()
}

const ENDS: Readonly<Record<string, ClosedBecause>> = {
  RESTRICTED: 'hold',
  WITHDRAWN: 'withdrawn',
  FIND_WAITS: 'find',
  DESTROYED: 'destruction',
  BEING_SEALED: 'destruction',
}

async function endBecause(ops: Ops, opening: Opening, error: unknown): Promise<void> {
  if (!(error instanceof ActionError)) return
  const row = await ops.store.db
    .selectFrom('extractions')
    .innerJoin('requests', 'requests.id', 'extractions.request_id')
    .innerJoin('cases', 'cases.id', 'requests.case_id')
    .innerJoin('decisions', (join) =>
      join.onRef('decisions.request_id', '=', 'requests.id').on('decisions.outcome', '=', 'granted'),
    )
    .select(['cases.id', 'cases.pseudonym', 'decisions.leaf'])
    .where('extractions.id', '=', opening.extraction)
    .executeTakeFirst()
  if (row === undefined || row.leaf === null) return
  const held = { case: { caseId: row.id, pseudonym: row.pseudonym }, leaf: row.leaf }
  await endOpening(ops, { ...opening, held }, SERVICE_ACTOR, ENDS[error.reason] ?? 'service')
}
