/** Why an event cannot be written, or what was given is none. */
export type EventErrorCode = 'UNKNOWN_KIND' | 'BAD_DETAILS' | 'BAD_EVENT' | 'NOT_AN_EVENT' | 'NOT_A_LEAF'

export class EventError extends Error {
  override readonly name = 'EventError'
  readonly code: EventErrorCode
  readonly hint: string

  constructor(code: EventErrorCode, message: string, hint: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
    this.hint = hint
  }
}
