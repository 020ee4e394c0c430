/** Why a package was refused. The message says what happened; `hint` says what to do. */
export type PackageCode =
  | 'NOT_FOUND'
  | 'UNREADABLE'
  | 'NOT_A_PACKAGE'
  | 'DAMAGED'
  | 'DUPLICATE_ENTRY'
  | 'OVERLAPPING_ENTRIES'
  | 'LYING_SIZE'
  | 'TOO_MANY_ENTRIES'
  | 'TOO_LARGE'
  | 'TOO_DEEP'
  | 'TOO_SLOW'
  | 'NOT_SUPPORTED'
  | 'BAD_TRACKERS'

/** No message holds a name out of the package: names in it are what its maker chose to have printed. */
export class PackageError extends Error {
  override readonly name = 'PackageError'
  readonly code: PackageCode
  readonly hint: string

  constructor(code: PackageCode, message: string, hint: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
    this.hint = hint
  }
}

const WHOLE = 'get the package again from where it came; if it is the same, it was made to mislead: do not install it'

/** A part of a package that breaks its format, e.g. `damaged('its manifest', 'a string outside its pool')`. */
export function damaged(part: string, what: string): PackageError {
  return new PackageError('DAMAGED', `${part} cannot be read: ${what}`, WHOLE)
}

/** What nobody makes by accident. */
export function hostile(code: PackageCode, what: string): PackageError {
  return new PackageError(code, what, 'it was made to mislead whoever looks into it: do not install it')
}
