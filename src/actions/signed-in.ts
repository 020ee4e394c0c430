import { isRole, type Role, schedule3Part } from '../access/index.ts'
import type { Actor, Ops } from './ops.ts'

/** A person as the force's identity provider describes them. */
export interface Described {
  readonly id: string
  readonly name: string
  readonly rank?: string
  readonly roles: readonly string[]
  /** the Part of Schedule 3 to the PCSC Act 2022 that lists them, where the provider says so */
  readonly schedule3?: number
}

/**
 * Logs that somebody came in, then notes who they are with the roles that the provider gives them now; what is no role is left out. `session`
 * names the sign-in without being worth anything to whoever reads it.
 */
export async function signedIn({ store, journal, now }: Ops, person: Described, session: string): Promise<void> {
  const roles = person.roles.filter((role): role is Role => isRole(role))
  await journal.record({
    kind: 'access.signed_in',
    actor: person.id,
    details: { session, roles, second_factor: false },
  })
  const row = {
    name: person.name,
    rank: person.rank ?? null,
    roles,
    schedule_3_part: schedule3Part(person.schedule3) ?? null,
    last_signed_in: now(),
  }
  await store.db
    .insertInto('people')
    .values({ id: person.id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** Logs that somebody proved again that it is they. */
export async function steppedUp(
  { journal }: Ops,
  actor: Actor,
  session: string,
  method: 'webauthn' | 'other',
): Promise<void> {
  await journal.record({ kind: 'access.step_up', actor: actor.id, details: { session, act: 'sign-in', method } })
}

/** Logs that somebody went out. */
export async function signedOut({ journal }: Ops, actor: Actor, session: string): Promise<void> {
  await journal.record({ kind: 'access.signed_out', actor: actor.id, details: { session, because: 'person' } })
}
