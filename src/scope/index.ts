/**
 * Scope: what may be taken. Knows clauses, how to match one record, how to ask a database for all of them, how to say why,
 * and how to say it in plain English. Does not know files, signatures or who decides.
 * Invariant: matching in memory and matching by SQL admit the same records, and the empty scope admits none.
 */
export * from './compile-sql.ts'
export * from './describe.ts'
export * from './explain.ts'
export * from './facts.ts'
export * from './intrusion.ts'
export { canHold, lintScope, type Warning } from './lint.ts'
export * from './match.ts'
export * from './scope.ts'
export { sensitiveIn } from './sensitive.ts'
