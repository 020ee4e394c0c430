/** A report that cannot be written. */
export class ReportError extends Error {
  override readonly name = 'ReportError'
  readonly code: 'NO_AUTHORISATION' | 'PDF_UNAVAILABLE' | 'PDF_FAILED'
  readonly hint: string

  constructor(code: ReportError['code'], message: string, hint: string) {
    super(message)
    this.code = code
    this.hint = hint
  }
}
