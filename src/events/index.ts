/**
 * Events: what is written down of every act, and in which form.
 * Knows the closed registry of kinds with the fields that each carries, the signed envelope, the leaf of the log, and what must hold
 * among leaves. Does not know who may act, what a phone holds, or where envelopes and leaves are kept.
 * Invariant: a leaf names nobody and nothing; an envelope holds no more than its kind's fields, and nothing that came from a phone.
 */
export * from './check-event.ts'
export * from './envelope.ts'
export * from './errors.ts'
export * from './field.ts'
export * from './invariants.ts'
export * from './kind.ts'
export * from './leaf.ts'
export * from './pseudonym.ts'
export * from './registry.ts'
