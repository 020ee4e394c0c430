/**
 * Something odd in the material. Data, not an error: it goes into the manifest with its place, and work goes on.
 * `detail` never holds content of a record, a name or a number that came from the phone.
 */
export interface Problem {
  readonly code: ProblemCode
  /** path inside the source; absent where the oddity is the source's own */
  readonly file?: string
  readonly detail: string
}

export const PROBLEM_CODES = {
  schema_not_recognised: 'a database whose tables are not those of any version known here',
  database_damaged: 'a database that cannot be read, or not to its end',
  wal_damaged: 'a write-ahead log with frames after the last valid one',
  journal_present: 'a rollback journal of an unfinished write lies beside the database',
  file_missing: 'listed by the source, and not there',
  file_unreadable: 'there, and cannot be read',
  file_damaged: 'there, and not what its name or header says',
  entry_refused: 'a name that leads outside the source, a link, or an entry that expands past its limits',
  archive_damaged: 'an archive that ends early or contradicts itself',
  filters_disagree: 'a row that the query admits and the record in memory does not; it is left',
  row_unreadable: 'a row that could not be read as a record; it is counted as left',
  attachment_missing: 'a file that a taken record names and the source does not hold',
  count_differs: 'a declared count that is not the actual one',
  password_not_used: 'a password was given and the source is not encrypted',
  value_odd: 'a value outside what the format allows, kept as it is',
} as const

export type ProblemCode = keyof typeof PROBLEM_CODES
