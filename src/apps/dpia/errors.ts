/** An assessment that cannot be read. The message never repeats what stands there; `hint` says where and what to do. */
export type DpiaErrorCode = 'TOO_LARGE' | 'TOO_DEEP' | 'NOT_JSON' | 'NOT_A_DPIA' | 'NOT_A_PIA'

export class DpiaError extends Error {
  override readonly name = 'DpiaError'
  readonly code: DpiaErrorCode
  readonly hint: string

  constructor(code: DpiaErrorCode, message: string, hint: string) {
    super(message)
    this.code = code
    this.hint = hint
  }
}
