/** Why an authorisation does not grant anything, in a sentence each. */
export const REFUSAL_CODES = {
  NOT_AN_AUTHORISATION: 'the file is no signed authorisation, or it was damaged',
  INVALID: 'what was signed breaks a rule of the format',
  SIGNATURE_MISSING: 'one of the two signatures is not there',
  SIGNATURE_INVALID: 'a signature does not fit: what was signed was altered, or it is not by that key',
  SIGNATURE_UNEXPECTED: 'it carries a signature by a key that has no role in it',
  UNTRUSTED_KEY: 'a signature is by a key that is not among those trusted',
  SAME_KEY: 'one key signs in both roles',
  SAME_PERSON: 'one person acts in both roles',
  KEY_OF_ANOTHER_PERSON: 'the trust file gives a key to somebody else than the statement does',
  NOT_YET_VALID: 'its time has not begun',
  EXPIRED: 'its time has ended',
  SUPERSEDED: 'a later version of it is known',
  WITHDRAWN: 'it was withdrawn',
  VERSIONS_CONFLICT: 'the versions given contradict each other, or one of them cannot be verified',
  WRONG_DEVICE: 'the source is another device than the one authorised',
  DEVICE_UNKNOWN: 'it is for one device, and the source does not say which device it is',
} as const

export type RefusalCode = keyof typeof REFUSAL_CODES

/** One reason against. The message says what is so; the hint says what to do. */
export interface Refusal {
  readonly code: RefusalCode
  readonly message: string
  readonly hint: string
}
