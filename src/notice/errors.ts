/** A paper that cannot be made. The message never holds what would have stood in it; `hint` says what to do. */
export type NoticeErrorCode = 'SCOPE_EMPTY' | 'PART_EMPTY' | 'BAD_CODE' | 'BAD_LINK' | 'NO_CONTACT'

export class NoticeError extends Error {
  override readonly name = 'NoticeError'
  readonly code: NoticeErrorCode
  readonly hint: string

  constructor(code: NoticeErrorCode, message: string, hint: string) {
    super(message)
    this.code = code
    this.hint = hint
  }
}
