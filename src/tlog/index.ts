/**
 * Transparency: a log that can only grow, and everything with which somebody else can check that. Knows Merkle trees after RFC 6962,
 * signed notes, checkpoints, tiles and proofs after C2SP. Does not know what an entry means, nor whose key anybody should trust.
 * Invariant: the root depends on the leaves and their order, and on nothing else.
 */
export * from './check-proof.ts'
export * from './checkpoint.ts'
export * from './errors.ts'
export * from './merkle.ts'
export * from './note.ts'
export * from './proof-file.ts'
export * from './proof.ts'
export * from './tile-reader.ts'
export * from './tile.ts'
export * from './vkey.ts'
export * from './log/copy-log.ts'
export * from './log/lasting-log.ts'
export * from './log/log.ts'
export * from './log/open-log.ts'
export * from './log-folder.ts'
export * from './make-proof.ts'
export * from './policy.ts'
export * from './verify-log.ts'
export * from './verify-proof.ts'
export * from './write-policy.ts'
export * from './witness/ask-witnesses.ts'
export * from './witness/request.ts'
export * from './witness/serve-witness.ts'
export * from './witness/witness.ts'
