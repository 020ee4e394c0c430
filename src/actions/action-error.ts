/** Why an act was not done. `NOT_ALLOWED`: the policy said no; `NOT_FOUND`: it is not there, or not for this person; `NOT_NOW`: its time has not come or is over. */
export type ActionErrorCode = 'NOT_ALLOWED' | 'NOT_FOUND' | 'NOT_NOW' | 'NOT_VALID'

export class ActionError extends Error {
  readonly code: ActionErrorCode
  readonly hint: string
  /** a word that does not change, for logs and tests: one of access's denials, or the rule that stood in the way */
  readonly reason: string

  constructor(code: ActionErrorCode, reason: string, message: string, hint = '', options?: ErrorOptions) {
    super(message, options)
    this.name = 'ActionError'
    this.code = code
    this.reason = reason
    this.hint = hint
  }
}

/** What somebody asked for is not there, or not theirs to know of: the two are told alike. */
export function notFound(): ActionError {
  return new ActionError('NOT_FOUND', 'NOT_FOUND', 'this is not there', 'look at your list of cases')
}

/** Throws ActionError NOT_VALID where something is wrong with what was given: the reason is the field of the first fault, the message what it says. */
export function mustBeValid(faults: readonly { readonly field: string; readonly says: string }[]): void {
  const [fault] = faults
  if (fault) throw new ActionError('NOT_VALID', fault.field, fault.says)
}
