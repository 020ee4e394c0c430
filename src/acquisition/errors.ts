/** Why a source could not be opened or read. The message says what happened; `hint` says what to do. */
export type AcquisitionCode =
  | 'NOT_FOUND'
  | 'NOT_RECOGNISED'
  | 'PASSWORD_NEEDED'
  | 'PASSWORD_WRONG'
  | 'DAMAGED'
  | 'UNREADABLE'
  | 'TOO_LARGE'
  | 'NOT_SUPPORTED'

export class AcquisitionError extends Error {
  override readonly name = 'AcquisitionError'
  readonly code: AcquisitionCode
  readonly hint: string

  constructor(code: AcquisitionCode, message: string, hint: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
    this.hint = hint
  }
}

/**
 * This machine has no room for what reading needs. No AcquisitionError, because nothing is wrong with the source: whoever
 * turns those into problems of the material must not turn this into one, and leave a database out for want of disk.
 */
export class NoRoomError extends Error {
  override readonly name = 'NoRoomError'
  readonly code = 'NO_ROOM'
  readonly hint = 'make room in the folder for temporary files, or set TMPDIR to a folder with more'
}
