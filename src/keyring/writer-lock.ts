import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { KeyringError, writingFailed } from './errors.ts'

/** How often somebody asks for the lock, and how long between, in milliseconds: some 20 seconds, far more than any change takes. */
const TRIES = 1000
const PAUSE = 20

/**
 * Runs one change of a keyring while nobody else on this machine runs one. The lock is SQLite's on an empty database: the
 * system itself takes it back from a process that dies, so that none is ever left behind, and none is ever taken from a
 * process that is merely slow. Throws KeyringError BUSY, or NOT_WRITTEN where the disk is to blame.
 */
export async function withWriterLock<T>(folder: string, change: () => Promise<T>): Promise<T> {
  const path = join(folder, 'lock')
  const lock = new DatabaseSync(path, { timeout: 0 })
  try {
    await acquire(lock)
    // Whoever can read it can hold it. By its name: closing a second handle of ours would give the lock away (POSIX, fcntl).
    await chmod(path, 0o600)
    return await change()
  } catch (error) {
    throw writingFailed(error)
  } finally {
    lock.close()
  }
}

async function acquire(lock: DatabaseSync): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      lock.exec('BEGIN EXCLUSIVE')
      return
    } catch (error) {
      // SQLITE_BUSY; anything else is no matter of waiting.
      if ((error as { errcode?: unknown }).errcode !== 5) throw error
      await pause(PAUSE)
    }
  }
  throw new KeyringError(
    'BUSY',
    'another process has been changing the keyring for too long',
    'look for a service or a worker that hangs; the lock is free as soon as it ends',
  )
}
