/** What the fleet cannot work with. No message holds a device, an app or a value of a file; `hint` says what to do. */
export type FleetCode =
  /** beyond what is read of one file, in bytes or rows */
  | 'TOO_LARGE'
  | 'NOT_JSON'
  /** no export of the system that it was given as */
  | 'NOT_RECOGNISED'
  /** an archive that does not hold one export and nothing else, or lies about it */
  | 'BAD_ARCHIVE'
  | 'BAD_MAPPING'
  /** the export has none of the columns that the mapping names */
  | 'HEADINGS_MISSING'
  /** a time that is not RFC 3339 with its zone */
  | 'BAD_TIME'
  /** an import from before the last one that was taken in */
  | 'OUT_OF_ORDER'

export class FleetError extends Error {
  override readonly name = 'FleetError'
  readonly code: FleetCode
  readonly hint: string

  constructor(code: FleetCode, message: string, hint: string) {
    super(message)
    this.code = code
    this.hint = hint
  }
}

export function notRecognised(what: string): FleetError {
  return new FleetError('NOT_RECOGNISED', `the file is not ${what}`, 'export it again, or bring it in by its columns')
}
