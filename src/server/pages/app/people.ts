import { isRole, type Role, roleEntry } from '../../../access/index.ts'
import { ActionError, type Ops, peopleHolding, peopleNamed } from '../../../actions/index.ts'
import type { Person } from '../../../apps/index.ts'
import type { FieldError } from '../../form.ts'
import type { Known } from '../../questions.ts'

const MOST_OFFERED = 200

/** People who are offered while a staff number is typed; only of these roles where they are given. A large force types it out. */
export async function knownPeople(ops: Ops, ...roles: readonly Role[]): Promise<Known[]> {
  const people = await peopleHolding(ops, roles)
  return people
    .slice(0, MOST_OFFERED)
    .map((one) => ({ id: one.id, says: `${one.name}: ${one.roles.map(titleOf).join(', ')}` }))
}

function titleOf(role: string): string {
  return isRole(role) ? roleEntry(role).title : role
}

/** People by staff numbers that somebody typed, each looked up by itself; or which of them is nobody's. */
export async function namedBy(
  ops: Ops,
  field: string,
  typed: readonly string[],
): Promise<{ readonly people: readonly Person[]; readonly errors: readonly FieldError[] }> {
  const people: Person[] = []
  for (const [at, id] of typed.entries())
    try {
      people.push(...(await peopleNamed(ops, [id])))
    } catch (error) {
      if (!(error instanceof ActionError)) throw error
      const where = typed.length > 1 ? `Line ${at + 1}: n` : 'N'
      return { people: [], errors: [{ field, text: `${where}obody with this staff number has signed in yet` }] }
    }
  return { people, errors: [] }
}
