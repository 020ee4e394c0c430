import type { Person, Where } from './person.ts'
import type { Role } from './roles.ts'

/** Somebody with these roles, of a rank that may decide and listed in Part 1: only their roles can stand against them. */
export function someone(...roles: Role[]): Person {
  return { id: 'p1', roles, rank: 'superintendent', schedule3: 1 }
}

/** A question with every fact known and in favour: others did everything before. */
export const EVERY_FACT: Where = {
  memberOf: true,
  stepUp: true,
  investigator: 'p2',
  requestedBy: 'p2',
  authorisedBy: 'p3',
  extractedBy: 'p4',
  proposedBy: 'p5',
  foundBy: 'p6',
  purpose: 'crime',
}
