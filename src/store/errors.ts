/** Why the store could not be opened. */
export type StoreErrorCode =
  | 'NOT_HERE'
  | 'LOCKED'
  | 'START_FAILED'
  | 'UNREACHABLE'
  | 'NEWER_SCHEMA'
  | 'NOT_RUNNING'
  | 'NOT_EMPTY'

export class StoreError extends Error {
  readonly code: StoreErrorCode
  readonly hint: string

  constructor(code: StoreErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreError'
    this.code = code
    this.hint = hint
  }
}
