/**
 * Signature: keys, and statements that carry signatures. Knows Ed25519 keys as files and DSSE envelopes over any payload.
 * Does not know what a payload says, nor whose key anybody should trust.
 * Invariant: one statement with one set of signatures has exactly one writing, so that an envelope has one digest and every
 * altered byte of it is noticed.
 */
export * from './envelope.ts'
export * from './errors.ts'
export * from './key.ts'
export * from './trust-file.ts'
