/** Why a key or an envelope could not be used. The message says what happened; `hint` says what to do. */
export type SignatureCode =
  | 'NOT_AN_ENVELOPE'
  | 'KEY_UNREADABLE'
  | 'KEY_EXISTS'
  | 'PRIVATE_KEY_SHARED'
  | 'SAME_KEY'
  | 'TOO_LARGE'

export class SignatureError extends Error {
  override readonly name = 'SignatureError'
  readonly code: SignatureCode
  readonly hint: string

  constructor(code: SignatureCode, message: string, hint: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
    this.hint = hint
  }
}
