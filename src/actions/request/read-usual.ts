import { intrusionOf, type Scope, type Usual, usualOf } from '../../scope/index.ts'
import type { Store } from '../../store/index.ts'
import type { Ops } from '../ops.ts'

/** So many grants, the newest, say what is usual now; more would only be slower. */
const NEWEST = 200

/** For so long, in milliseconds, an answer serves every page: what is usual does not change within minutes. */
const REMEMBERED = 5 * 60_000
const remembered = new WeakMap<Store, { readonly at: number; readonly usual: Usual }>()

/**
 * What is usual in the force: medians over what was granted, of which nobody can be told apart. Undefined while there are too few. Up to five minutes old.
 */
export async function readUsual({ store, now }: Ops): Promise<Usual | undefined> {
  const at = now().getTime()
  const known = remembered.get(store)
  if (known !== undefined && Math.abs(at - known.at) < REMEMBERED) return known.usual
  const usual = await measured(store)
  if (usual !== undefined) remembered.set(store, { at, usual })
  return usual
}

async function measured({ db }: Store): Promise<Usual | undefined> {
  const rows = await db
    .selectFrom('requests')
    .select('document')
    .where('status', 'in', ['granted', 'superseded', 'expired'])
    .where('submitted_at', 'is not', null)
    .orderBy('submitted_at', 'desc')
    .limit(NEWEST)
    .execute()
  return usualOf(rows.map(({ document }) => intrusionOf((document['scope'] ?? []) as Scope)))
}
