/** A PDF that cannot be written. */
export class PdfError extends Error {
  override readonly name = 'PdfError'
  readonly code: 'PDF_UNAVAILABLE' | 'PDF_FAILED'
  readonly hint: string

  constructor(code: PdfError['code'], message: string, hint: string) {
    super(message)
    this.code = code
    this.hint = hint
  }
}
