/**
 * Actions: everything that can be done in the service, one verb a file. Knows the policy, the order of the flow, and that nothing is done before it is
 * logged. Does not know pages, command lines or queues.
 * Invariant: every act asks the policy with facts from the database, is written to the log, and only then done; where it cannot be logged, it is not done.
 */
export * from './action-error.ts'
export * from './allow.ts'
export * from './ops.ts'
export * from './signed-in.ts'
export * from './subject.ts'
