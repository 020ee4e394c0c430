import { sql } from 'kysely'
import type { Role } from '../../access/index.ts'
import { allow, refused } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'

/** Somebody who has signed in, with the roles that the directory gave them then. */
export interface PersonLine {
  readonly id: string
  readonly name: string
  readonly rank: string | null
  readonly roles: readonly string[]
  /** the Part of Schedule 3 that lists them (PCSC Act 2022 s.44) */
  readonly schedule3Part: number | null
  readonly lastSignedIn: Date | null
  /** how many keys of their own they have */
  readonly keys: number
}

const MOST = 500

/** Lists who holds which role, by name; narrowed to one role where it is given. Throws ActionError NOT_ALLOWED. */
export async function readPeople(ops: Ops, actor: Actor, role?: Role): Promise<PersonLine[]> {
  const decided = await allow(ops, actor, 'people.see')
  if (!decided.allowed) throw refused(decided)
  const rows = await ops.store.db
    .selectFrom('people')
    .select(['id', 'name', 'rank', 'roles', 'schedule_3_part', 'last_signed_in'])
    .select((eb) =>
      eb
        .selectFrom('authenticators')
        .select((count) => count.fn.countAll<number>().as('keys'))
        .whereRef('authenticators.person_id', '=', 'people.id')
        .as('keys'),
    )
    .$if(role !== undefined, (query) => query.where(sql<boolean>`${role} = ANY (roles)`))
    .orderBy('name')
    .orderBy('id')
    .limit(MOST)
    .execute()
  return rows.map(({ schedule_3_part, last_signed_in, keys, ...row }) => ({
    ...row,
    schedule3Part: schedule_3_part,
    lastSignedIn: last_signed_in,
    keys: Number(keys ?? 0),
  }))
}
