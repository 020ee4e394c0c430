/** Why the keyring could not be opened, read or changed. */
export type KeyringCode =
  | 'NOT_FOUND'
  | 'MISSING'
  | 'EXISTS'
  | 'DAMAGED'
  | 'OLDER'
  | 'EPOCH_GONE'
  | 'EPOCH_OLDER'
  | 'EPOCH_REMAINS'
  | 'EXPOSED'
  | 'NOT_WRITTEN'
  | 'BUSY'
  | 'CLOSED'
  | 'BAD_ID'
  | 'NO_SUCH_KEY'
  | 'KEY_EXISTS'
  | 'KEY_DESTROYED'

/** An expected failure of the key room. Neither message nor hint ever holds a key, nor the id of whom or what it is for. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError'
  readonly code: KeyringCode
  readonly hint: string

  constructor(code: KeyringCode, message: string, hint: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
    this.hint = hint
  }
}

/** What is said of a keyring, a mark or an epoch key that is not as it was written. */
export function damaged(what: string, cause?: unknown): KeyringError {
  return new KeyringError(
    'DAMAGED',
    what,
    'restore the newest copy; a copy from before the last destruction will be refused, and should be',
    { cause },
  )
}

export function noSuchKey(): KeyringError {
  return new KeyringError('NO_SUCH_KEY', 'there is no such key', 'check the id; keys are made with what they are for')
}

export function destroyed(): KeyringError {
  return new KeyringError('KEY_DESTROYED', 'this key was destroyed', 'nothing brings it back, by design')
}

export function exists(): KeyringError {
  return new KeyringError('KEY_EXISTS', 'there is a key of this id', 'use the one that is there; none is overwritten')
}

/** How the system says that there is no room, or that the disk does not keep what it is given. */
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS', 'EACCES', 'EPERM', 'ERR_SQLITE_ERROR'])

/** Says of an error that came up in a change whether the disk is to blame. Anything else stays as it is. */
export function writingFailed(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (error instanceof KeyringError || code === undefined || !NO_ROOM.has(code)) return error
  return new KeyringError(
    'NOT_WRITTEN',
    `the keyring could not be written (${code})`,
    'make room on its disk and on that of the epoch keys, then try again; no key was lost',
    { cause: error },
  )
}
