export type JournalErrorCode = 'NOT_LOGGED' | 'LOG_AHEAD' | 'LOG_BEHIND'

/** Why something could not be written to the log. */
export class JournalError extends Error {
  readonly code: JournalErrorCode
  readonly hint: string

  constructor(code: JournalErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'JournalError'
    this.code = code
    this.hint = hint
  }
}
