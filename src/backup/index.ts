/**
 * Backup: a copy of everything that may be copied, of one moment, and how it is put back into nothing. Knows the service's folder, its database and its
 * log as files and lines. Does not know what they mean, and holds no key: epoch keys and what was uploaded are never copied.
 * Invariant: what a backup opens to, the service held at one moment; what was destroyed since, no backup brings back.
 */
export { BackupError, type BackupCode } from './errors.ts'
export { makeBackup, type MadeBackup } from './make-backup.ts'
export type { BackupManifest } from './manifest.ts'
export { restoreBackup } from './restore-backup.ts'
export { mustNotBeRestoring, noteRestored, type Restored } from './restored.ts'
