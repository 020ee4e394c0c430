/**
 * iOS backups, as Finder, iTunes and the forensic tools make them: a list of files and one blob for each, maybe all of it
 * encrypted. Knows the list, the key bag and the blobs. Does not know what any file means.
 * Invariant: only files that are opened are decrypted, in memory, and nothing beside the backup is written.
 */
export { openIosBackup } from './ios-backup.ts'
