import { hash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { AuthenticatorsTable } from '../../store/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import type { Actor, Ops } from '../ops.ts'

/** A key by which somebody proves that it is they: WebAuthn, bound to the address of this service. */
export type SecurityKey = Selectable<AuthenticatorsTable>

/** Most keys that one person has: one in use, some put away. */
export const MOST_KEYS = 5

/** What is known of a key when it is registered. */
export interface NewKey {
  /** the credential's id, in base64url */
  readonly id: string
  readonly publicKey: Uint8Array
  readonly counter: number
  readonly transports: readonly string[]
}

/** The keys of a person, in the order in which they came. */
export async function keysOf({ store }: Ops, personId: string): Promise<SecurityKey[]> {
  return store.db
    .selectFrom('authenticators')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .execute()
}

/**
 * Registers a key of one's own. Only after having just proved that it is oneself: whoever finds a screen unlocked must not make a key for it.
 * Throws ActionError NOT_ALLOWED `STEP_UP`, NOT_VALID (`TOO_MANY_KEYS`, `KEY_TAKEN`).
 */
export async function registerKey(ops: Ops, actor: Actor, key: NewKey): Promise<void> {
  mustBeProved(actor)
  const { db } = ops.store
  if ((await keysOf(ops, actor.id)).length >= MOST_KEYS)
    throw new ActionError('NOT_VALID', 'TOO_MANY_KEYS', 'there are as many keys as one person may have', 'remove one')
  const taken = await db.selectFrom('authenticators').select('id').where('id', '=', key.id).executeTakeFirst()
  if (taken !== undefined) throw new ActionError('NOT_VALID', 'KEY_TAKEN', 'this key is registered already')
  await ops.journal.record({
    kind: 'access.key_registered',
    actor: actor.id,
    details: { key: nameOf(key.id), for: 'second-factor' },
  })
  await db
    .insertInto('authenticators')
    .values({
      id: key.id,
      person_id: actor.id,
      public_key: Buffer.from(key.publicKey),
      counter: key.counter,
      transports: [...key.transports],
      created_at: ops.now(),
    })
    .execute()
}

/** Removes a key of one's own. Throws ActionError NOT_ALLOWED `STEP_UP`, NOT_FOUND. */
export async function removeKey(ops: Ops, actor: Actor, id: string): Promise<void> {
  mustBeProved(actor)
  if (!(await keysOf(ops, actor.id)).some((key) => key.id === id)) throw notFound()
  await ops.journal.record({
    kind: 'access.key_removed',
    actor: actor.id,
    details: { key: nameOf(id), for: 'second-factor' },
  })
  await ops.store.db.deleteFrom('authenticators').where('id', '=', id).where('person_id', '=', actor.id).execute()
}

/** Notes how often a key was used, so that a copy of it is noticed. */
export async function noteKeyUsed({ store }: Ops, id: string, counter: number): Promise<void> {
  await store.db.updateTable('authenticators').set({ counter }).where('id', '=', id).execute()
}

function mustBeProved({ stepUp }: Actor): void {
  if (!stepUp) throw new ActionError('NOT_ALLOWED', 'STEP_UP', 'prove first that it is you')
}

// The log knows a key by a digest: which of two entries are about the same, and no more.
function nameOf(id: string): string {
  return hash('sha256', id, 'hex')
}
