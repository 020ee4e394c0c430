/**
 * Verify: checks a container with nothing but itself and public keys. Knows formats, signatures, digests and the rules of a
 * scope. Does not know phones, and reads no network and no database but the container's own.
 * Invariant: a check that could not be made says so; it never counts as passed.
 */
export type { Check } from './check.ts'
export { openManifest } from './manifest-checks.ts'
export * from './verify.ts'
