/**
 * Vault: sealed containers and their keys. Knows SQLCipher, age payloads and age headers; records are JSON to it, of which it
 * draws what the index needs; and databases that lie beside a container, under keys that follow from its own.
 * Does not know phones, scopes or law.
 * Invariant: plaintext enters memory only; what lies on a disk is ciphertext, from the first byte written to the last.
 */
export { identityOf, recipientOf, recipientOfIdentity } from './age-identity.ts'
export * from './age-payload.ts'
export type { CompanionWriter } from './companion.ts'
export { readIdentities } from './container-key.ts'
export * from './container-recipients.ts'
export * from './container-reader.ts'
export * from './container-writer.ts'
export * from './digest-file.ts'
export * from './errors.ts'
export { onDisk, putOnDisk, UNFINISHED, unfinishedBeside } from './on-disk.ts'
export * from './reseal-container.ts'
export * from './sealed-pieces.ts'
export { SealedStore } from './sealed-store.ts'
export * from './sealed-text.ts'
export type { TreeHead } from './records-writer.ts'
export type { PayloadSource } from './sealing-pool.ts'
