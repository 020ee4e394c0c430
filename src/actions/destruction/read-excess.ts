import { mustAllow } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { type DestructionState, excessToGo, stateOf } from './progress.ts'

/** What is to become, and became, of the excess in an extract. Counts alone: nothing of the records. */
export interface ExcessState {
  /** records that were decided to go and that nobody has proposed yet */
  readonly toPropose: number
  /** newest first */
  readonly destructions: readonly {
    readonly id: string
    readonly state: DestructionState
    readonly records: number
    /** approved, tried, and not possible yet: a word that does not change */
    readonly failure?: string
    readonly at: Date
  }[]
}

/** Reads it for whoever decides on excess. Throws ActionError NOT_ALLOWED, NOT_FOUND. */
export async function readExcessState(ops: Ops, actor: Actor, extraction: string): Promise<ExcessState> {
  await mustAllow(ops, actor, 'extract.see_excess', { of: 'extraction', id: extraction }, { stepUp: true })
  const { db } = ops.store
  const rows = await db
    .selectFrom('destructions')
    .selectAll()
    .where('extraction_id', '=', extraction)
    .where('records', 'is not', null)
    .orderBy('proposed_at', 'desc')
    .execute()
  const going = new Set(rows.flatMap((row) => (row.refused_by === null ? (row.records ?? []) : [])))
  const decided = await excessToGo(ops, extraction)
  return {
    toPropose: decided.filter((id) => !going.has(id)).length,
    destructions: rows.map((row) => ({
      id: row.id,
      state: stateOf(row),
      records: recordsOf(row),
      ...(row.failure !== null && { failure: row.failure }),
      at: row.done_at ?? row.approved_at ?? row.proposed_at,
    })),
  }
}

/** How many records a destruction of a part is about, or was: once they are gone nothing but their number stays. */
export function recordsOf(row: { records: string[] | null; resealed: Record<string, unknown> | null }): number {
  const gone = row.resealed?.['records_removed']
  return typeof gone === 'number' ? gone : (row.records?.length ?? 0)
}
