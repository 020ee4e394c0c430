import type { Selectable } from 'kysely'
import type { CasesTable } from '../../store/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import type { Ops } from '../ops.ts'

/** A case as the database holds it. */
export type CaseRow = Selectable<CasesTable>

/** Reads a case in which something is about to be done. Throws ActionError NOT_FOUND, or NOT_NOW where it is closed: nothing is added to it then. */
export async function openOne({ store }: Ops, caseId: string): Promise<CaseRow> {
  const row = await store.db.selectFrom('cases').selectAll().where('id', '=', caseId).executeTakeFirst()
  if (row === undefined) throw notFound()
  if (row.closed_at !== null)
    throw new ActionError(
      'NOT_NOW',
      'CASE_CLOSED',
      'this case is closed',
      'open another case where there is more to do',
    )
  return row
}
