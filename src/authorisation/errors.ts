/** Why an authorisation cannot be signed. The message says what is wrong; `hint` says what to do. */
export type AuthorisationErrorCode = 'SAME_KEY' | 'SAME_PERSON'

export class AuthorisationError extends Error {
  override readonly name = 'AuthorisationError'
  readonly code: AuthorisationErrorCode
  readonly hint: string

  constructor(code: AuthorisationErrorCode, message: string, hint: string) {
    super(message)
    this.code = code
    this.hint = hint
  }
}
