import { askFirst } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { withFleetKeys } from './fleet-keys.ts'

/** Phones of which nothing was heard for a week before the last import, by name; that somebody looked is logged. Throws ActionError NOT_ALLOWED. */
export async function seeQuietPhones(
  ops: Ops,
  actor: Actor,
): Promise<readonly { readonly device: string; readonly source: string; readonly at: string }[]> {
  await askFirst(ops, actor, 'fleet.see')
  const state = await ops.store.db.selectFrom('fleet_state').select('quiet').executeTakeFirst()
  if (state === undefined) return []
  const quiet = (await withFleetKeys(ops, (keys) => keys.open('quiet', state.quiet))) as {
    device: string
    source: string
    at: string
  }[]
  await ops.journal.record({ kind: 'fleet.quiet_seen', actor: actor.id, details: { phones: quiet.length } })
  return quiet
}
