export type BackupCode = 'NOT_A_BACKUP' | 'DAMAGED' | 'NOT_EMPTY' | 'UNFINISHED' | 'EXISTS' | 'NOT_FOR_THIS_KEY'

/** Why a backup could not be made or restored. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
  readonly code: BackupCode
  readonly hint: string

  constructor(code: BackupCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.hint = hint
  }
}
