import type { Selectable } from 'kysely'
import type { Tables } from '../../store/index.ts'
import { notFound } from '../action-error.ts'
import type { Ops } from '../ops.ts'
import { isId } from '../subject.ts'

/** The row of an archive. Ask the policy first. Throws ActionError NOT_FOUND. */
export async function archiveRow({ store }: Pick<Ops, 'store'>, id: string): Promise<Selectable<Tables['archives']>> {
  const row = isId(id)
    ? await store.db.selectFrom('archives').selectAll().where('id', '=', id).executeTakeFirst()
    : undefined
  if (row === undefined) throw notFound()
  return row
}
