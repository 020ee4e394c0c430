/** What cannot be made a batch or a statistic. No message holds an id, a number or a name. */
export type TriageErrorCode =
  /** an item that is not there, or is not proposed for destruction */
  | 'NOT_PROPOSED'
  /** nothing is in it */
  | 'EMPTY'
  /** something that stands in a leaf is not of its form */
  | 'NOT_OF_ITS_FORM'

export class TriageError extends Error {
  override readonly name = 'TriageError'
  readonly code: TriageErrorCode

  constructor(code: TriageErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
