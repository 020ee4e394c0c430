import type { Role } from './roles.ts'
import type { Schedule3Part, Schedule3Purpose } from './schedule3.ts'

/** Who asks, as far as policy is concerned. Names nobody: an id and what it holds. */
export interface Person {
  readonly id: string
  readonly roles: readonly Role[]
  /** as the force's directory writes it, such as `detective inspector` */
  readonly rank?: string
  /** the Part of Schedule 3 (PCSC Act 2022) that lists this person; absent where none does */
  readonly schedule3?: Schedule3Part
}

/**
 * The facts of one question, gathered by whoever asks it. What an act's separations need and is not given is not assumed:
 * the act is refused with `UNKNOWN`.
 */
export interface Where {
  /** whether the person is a member of the case, and so has need to know */
  readonly memberOf: boolean
  /** whether the person has just proved again that it is they (second factor, minutes ago) */
  readonly stepUp: boolean
  /** id of the officer in the case */
  readonly investigator?: string
  /** id of who asked for the authorisation */
  readonly requestedBy?: string
  /** id of who granted it */
  readonly authorisedBy?: string
  /** id of who ran the extraction */
  readonly extractedBy?: string
  /** id of who proposed the destruction */
  readonly proposedBy?: string
  /** id of who reported that something else came to light */
  readonly foundBy?: string
  /** what the power is used for; `another-power` where it is none of ss.37 to 41 */
  readonly purpose?: Schedule3Purpose
  /** who agrees as the last resort of s.38(3)(b) or (8)(f); absent where somebody nearer, or the user, does */
  readonly responsibleAdult?: {
    /** id, where that person is one of the service's own */
    readonly id?: string
    /** whether that person may use the power themselves (Schedule 3) */
    readonly authorisedPerson: boolean
  }
  /** ranks that may decide; by default inspector and above */
  readonly authorisingRanks?: readonly string[]
  /** ranks that may decide on journalistic material; by default superintendent and above */
  readonly seniorRanks?: readonly string[]
}
