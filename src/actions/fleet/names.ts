import type { Platform } from '../../apps/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'
import { isId } from '../subject.ts'

/** A name that a management system knows, and the app that it may be. */
export interface NameProposal {
  readonly id: string
  readonly platform: Platform
  readonly name: string
  readonly publisher: string
  readonly package: string
  readonly decided?: { readonly confirmed: boolean; readonly by: string; readonly at: Date }
}

/** Names that wait for somebody, and the last that were decided on. The caller has asked the policy (`fleet.see`). */
export async function readNames({ store: { db } }: Ops): Promise<NameProposal[]> {
  const rows = await db
    .selectFrom('fleet_aliases')
    .leftJoin('people', 'people.id', 'fleet_aliases.decided_by')
    .selectAll('fleet_aliases')
    .select('people.name as by')
    .orderBy('decided_at', (order) => order.desc().nullsFirst())
    .orderBy('fleet_aliases.name')
    .limit(200)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    platform: row.platform,
    name: row.name,
    publisher: row.publisher,
    package: row.package,
    ...(row.confirmed !== null &&
      row.decided_at !== null && { decided: { confirmed: row.confirmed, by: row.by ?? '', at: row.decided_at } }),
  }))
}

/**
 * Decides whether a name stands for an app, from the next import on: anybody may take a name, so a person looks at it (law row E10). May be decided again.
 * Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID `confirmed`.
 */
export async function decideName(ops: Ops, actor: Actor, id: string, confirmed: boolean | undefined): Promise<void> {
  await askFirst(ops, actor, 'fleet.import')
  const row = isId(id)
    ? await ops.store.db.selectFrom('fleet_aliases').select('id').where('id', '=', id).executeTakeFirst()
    : undefined
  if (row === undefined) throw notFound()
  if (confirmed === undefined) throw new ActionError('NOT_VALID', 'confirmed', 'Select whether it is that app')
  await ops.journal.record({ kind: 'fleet.alias_decided', actor: actor.id, details: { alias: id, confirmed } })
  await ops.store.db
    .updateTable('fleet_aliases')
    .set({ confirmed, decided_by: actor.id, decided_at: ops.now() })
    .where('id', '=', id)
    .execute()
}
