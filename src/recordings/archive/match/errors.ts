/** What matching cannot work with. No message holds a value of an export, a number or a name. */
export type MatchErrorCode =
  /** what is remembered of an export's columns is no mapping */
  | 'MAPPING_INVALID'
  /** no line of the export has the headings that the mapping names */
  | 'HEADINGS_MISSING'
  /** two items have one id */
  | 'ID_TWICE'

export class MatchError extends Error {
  override readonly name = 'MatchError'
  readonly code: MatchErrorCode

  constructor(code: MatchErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
