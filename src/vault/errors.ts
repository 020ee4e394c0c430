/** Why a container could not be made or opened. */
export type VaultCode =
  | 'NOT_FOUND'
  | 'NOT_A_CONTAINER'
  | 'UNFINISHED'
  | 'EXISTS'
  | 'NOT_WRITABLE'
  | 'WRONG_KEY'
  | 'DAMAGED'
  | 'BAD_RECIPIENT'
  | 'BAD_IDENTITY'
  | 'NO_SPACE'
  | 'NO_SUCH_RECORD'

export class VaultError extends Error {
  override readonly name = 'VaultError'
  readonly code: VaultCode
  readonly hint: string

  constructor(code: VaultCode, message: string, hint: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
    this.hint = hint
  }
}

/** How the system and SQLite say that there is no room, or that the disk does not keep what it is given. */
const NO_ROOM = /^(ENOSPC|EDQUOT|EFBIG|EIO|SQLITE_FULL|SQLITE_CANTOPEN|SQLITE_IOERR.*)$/

/** Says of an error that came up while a container was written whether the disk is to blame. Anything else stays as it is. */
export function writingFailed(error: unknown): unknown {
  if (error instanceof VaultError || !NO_ROOM.test(String((error as { code?: unknown } | undefined)?.code)))
    return error
  return new VaultError(
    'NO_SPACE',
    'the extract could not be written: the disk is full or failing',
    'make room where the output goes, then run again; nothing was left behind',
    { cause: error },
  )
}

/** What is said of anything in a container that is not as it was written. */
export function damaged(what: string, cause?: unknown): VaultError {
  return new VaultError(
    'DAMAGED',
    what,
    'run `peel verify` to see what was altered; restore the container from a copy',
    {
      cause,
    },
  )
}
