import { intrusionOf, type Scope, type Usual, usualOf } from '../../scope/index.ts'
import type { Ops } from '../ops.ts'

/** So many grants, the newest, say what is usual now; more would only be slower. */
const NEWEST = 200

/** What is usual in the force: medians over what was granted, of which nobody can be told apart. Undefined while there are too few. */
export async function readUsual({ store }: Ops): Promise<Usual | undefined> {
  const rows = await store.db
    .selectFrom('requests')
    .select('document')
    .where('status', 'in', ['granted', 'superseded', 'expired'])
    .where('submitted_at', 'is not', null)
    .orderBy('submitted_at', 'desc')
    .limit(NEWEST)
    .execute()
  return usualOf(rows.map(({ document }) => intrusionOf((document['scope'] ?? []) as Scope)))
}
