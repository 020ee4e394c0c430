/** Something that retention cannot work with. The message never holds a value; `hint` says what to do. */
export type RetentionErrorCode = 'SCHEDULE_INVALID' | 'NOT_IN_SCHEDULE' | 'SAME_PERSON' | 'CERTIFICATE_INVALID'

export class RetentionError extends Error {
  override readonly name = 'RetentionError'
  readonly code: RetentionErrorCode
  readonly hint: string

  constructor(code: RetentionErrorCode, message: string, hint: string) {
    super(message)
    this.code = code
    this.hint = hint
  }
}
