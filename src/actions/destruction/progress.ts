import type { Selectable } from 'kysely'
import type { DestructionsTable } from '../../store/index.ts'
import { ActionError } from '../action-error.ts'
import type { Ops } from '../ops.ts'

type DestructionRow = Selectable<DestructionsTable>

/** How far a destruction has come. */
export type DestructionState = 'proposed' | 'approved' | 'refused' | 'done'

export function stateOf({ done_at, refused_by, approved_by }: DestructionRow): DestructionState {
  return done_at ? 'done' : refused_by ? 'refused' : approved_by ? 'approved' : 'proposed'
}

/** What is proposed or approved of an extract, and not done yet; undefined where nothing is. There is never more than one. */
export function openDestruction(
  { store: { db } }: Pick<Ops, 'store'>,
  extraction: string,
): Promise<Pick<DestructionRow, 'id' | 'records'> | undefined> {
  return db
    .selectFrom('destructions')
    .select(['id', 'records'])
    .where('extraction_id', '=', extraction)
    .where('done_at', 'is', null)
    .where('refused_by', 'is', null)
    .executeTakeFirst()
}

export function isProposedAlready(): ActionError {
  return new ActionError('NOT_NOW', 'PROPOSED', 'its destruction is proposed already', 'a second person decides on it')
}

/** The records in an extract that were found to be excess and decided to go. */
export async function excessToGo({ store: { db } }: Pick<Ops, 'store'>, extraction: string): Promise<string[]> {
  const rows = await db
    .selectFrom('tags')
    .select('record_id')
    .where('extraction_id', '=', extraction)
    .where('tag', '=', 'excess')
    .where('decided', '=', 'destroy')
    .orderBy('record_id')
    .execute()
  return rows.map(({ record_id }) => record_id)
}
