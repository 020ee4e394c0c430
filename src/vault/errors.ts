/** Why a container could not be made or opened. */
export type VaultCode =
  | 'NOT_A_CONTAINER'
  | 'UNFINISHED'
  | 'EXISTS'
  | 'WRONG_KEY'
  | 'DAMAGED'
  | 'BAD_RECIPIENT'
  | 'NO_SPACE'

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
