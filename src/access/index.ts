/**
 * Access: who may do what in the service, and why not.
 * Knows roles, acts, ranks, the table of policy and the separations of duty. Does not know sessions, routes, the database, or whose
 * case is whose: the facts of each question come with it.
 * Invariant: what the table does not allow is refused; no mixture of roles undoes a separation.
 */
export * from './acts.ts'
export * from './hold-together.ts'
export * from './may.ts'
export * from './person.ts'
export * from './policy.ts'
export * from './rank.ts'
export * from './roles.ts'
export * from './schedule3.ts'
export * from './separations.ts'
