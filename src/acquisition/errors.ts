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
