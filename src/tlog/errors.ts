/** Why something of a log could not be read, made or believed. */
export type TlogCode =
  | 'KEY_UNREADABLE'
  | 'NOTE_MALFORMED'
  | 'NOTE_FORGED'
  | 'NOTE_UNKNOWN'
  | 'CHECKPOINT_MALFORMED'
  | 'PROOF_MALFORMED'
  | 'TILE_MALFORMED'
  | 'POLICY_MALFORMED'
  | 'REQUEST_MALFORMED'
  | 'OUT_OF_RANGE'
  | 'ENTRY_TOO_LARGE'
  | 'LOG_LOCKED'
  | 'LOG_DAMAGED'
  | 'LOG_ROLLED_BACK'
  | 'LOG_DISK'
  | 'LOG_CLOSED'

export class TlogError extends Error {
  override readonly name = 'TlogError'
  readonly code: TlogCode
  readonly hint: string

  constructor(code: TlogCode, message: string, hint: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
    this.hint = hint
  }
}
