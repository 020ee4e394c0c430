import { isRole, type Role, roleEntry } from '../../access/index.ts'
import type { Person } from '../../apps/index.ts'
import { ActionError } from '../action-error.ts'
import type { Actor, Ops } from '../ops.ts'

/** Whoever acts, as documents of apps and assessments name people. */
export function personOfActor({ id, name, roles }: Actor): Person {
  return { id, name, role: titleOf(roles) }
}

/** People by their staff numbers, in that order. Throws ActionError NOT_VALID `NO_SUCH_PERSON` where one has never signed in. */
export async function peopleNamed({ store: { db } }: Ops, ids: readonly string[]): Promise<Person[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('people')
    .select(['id', 'name', 'roles'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return ids.map((id) => {
    const row = rows.find((one) => one.id === id)
    if (row === undefined)
      throw new ActionError('NOT_VALID', 'NO_SUCH_PERSON', 'nobody with this staff number has signed in yet')
    return { id, name: row.name, role: titleOf(row.roles) }
  })
}

/** Whoever has signed in and holds one of these roles, by name; everybody where none is given. The caller has asked the policy. */
export async function peopleHolding(
  { store: { db } }: Ops,
  roles: readonly Role[],
): Promise<{ readonly id: string; readonly name: string; readonly roles: readonly string[] }[]> {
  const people = await db.selectFrom('people').select(['id', 'name', 'roles']).orderBy('name').orderBy('id').execute()
  return roles.length === 0 ? people : people.filter((one) => roles.some((role) => one.roles.includes(role)))
}

function titleOf(roles: readonly string[]): string {
  const role = roles.find((one) => isRole(one))
  return role === undefined ? 'staff' : roleEntry(role).title.toLowerCase()
}
