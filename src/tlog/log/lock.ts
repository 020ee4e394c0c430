import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { TlogError } from '../errors.ts'

/** The right to write a log. The system takes it back when the process ends, however it ends. */
export interface Lock {
  /** False once somebody moved the lock file away, so that another process may believe that it is alone. */
  isHeld(): boolean
  release(): void
}

/**
 * Takes the lock of a log, or throws TlogError `LOG_LOCKED`. Node cannot lock files, SQLite can: an empty database that is never
 * written stands for the lock, and the system's own file lock on it holds between processes and within one.
 */
export function takeLock(path: string): Lock {
  const database = new DatabaseSync(path)
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (cause) {
    database.close()
    if ((cause as { errcode?: number }).errcode !== 5) throw cause
    throw new TlogError(
      'LOG_LOCKED',
      'the log is open for writing elsewhere',
      'a log has one writer: stop the other one first',
      {
        cause,
      },
    )
  }
  const { ino, dev } = statSync(path)
  return {
    isHeld() {
      const now = statSync(path, { throwIfNoEntry: false })
      return database.isOpen && now?.ino === ino && now.dev === dev
    },
    release: () => database.close(),
  }
}
