/**
 * Authorisation: the legal act that grants a scope. Knows the document, its rules and the sections they come from, the
 * statement that two people sign, and when that statement grants anything. Does not know files, records or clocks.
 * Invariant: a scope is granted only by a document that satisfies every rule, signed by two trusted keys of two people,
 * within its time, for its device; everything else is a refusal with its reason.
 */
export * from './authorisation.ts'
export * from './authorise.ts'
export * from './check.ts'
export * from './device.ts'
export * from './errors.ts'
export * from './instant.ts'
export * from './lint.ts'
export {
  AUTHORISATION_SCHEMA,
  type AuthorisationProblem,
  checkDocument,
  type ParsedAuthorisation,
  parseAuthorisation,
  writePath,
} from './parse.ts'
export * from './power.ts'
export * from './rank.ts'
export * from './refusal.ts'
export * from './statement.ts'
export { type Fault, faultsOf, type Path, type Schema } from './schema.ts'
