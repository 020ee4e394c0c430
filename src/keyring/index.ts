/**
 * Keyring: the keys that the service holds, and their destruction. Knows one age identity for each extract and one signing key
 * for each person, for the installation and for the log, all in one file that is sealed under an epoch key kept elsewhere.
 * Does not know who may use a key, nor what was logged before: it gives whoever may ask what they ask for.
 * Invariant: a key is in the newest keyring or in none that opens; what was destroyed no copy of any keyring brings back.
 */
export { keyringPath } from './current-keyring.ts'
export { describeKeyring } from './describe-keyring.ts'
export * from './epoch-keys.ts'
export { KeyringError, type KeyringCode } from './errors.ts'
export * from './file-epoch-keys.ts'
export * from './keyring.ts'
export type { CopyState, Copies, NothingOpens } from './nothing-opens.ts'
