import type { Scope } from '../scope/index.ts'
import type { PowerId, Purpose } from './power.ts'

/**
 * The legal act that grants a scope, as its document says it (docs/formats/authorisation.md). Only `parseAuthorisation` and
 * `readStatement` make one, so whoever holds one holds a valid one. Field names are those of the document.
 */
export interface Authorisation {
  readonly format: 'peel-authorisation/1'
  /** unique within the force */
  readonly reference: string
  readonly version: number
  /** lower-case hex SHA-256 over the payload of the statement of the version before; absent exactly in version 1 */
  readonly supersedes?: string
  readonly power: PowerId
  readonly purpose: Purpose
  /** PCSC Act 2022 s.40 */
  readonly without_agreement?: { readonly condition: 'user-died' | 'at-risk' | 'missing'; readonly facts: string }
  /** PCSC Act 2022 s.41 */
  readonly coroner?: { readonly reference: string; readonly area?: string }
  /** the document that another power rests on */
  readonly instrument?: {
    readonly kind: 'warrant' | 'order' | 'seizure-record' | 'other'
    readonly reference: string
    readonly enactment?: string
    readonly issued?: string
    readonly issued_by?: string
    /** the first instant at which it may no longer be relied on */
    readonly expires?: string
  }
  readonly device: AuthorisedDevice
  readonly lines_of_enquiry: readonly LineOfEnquiry[]
  readonly scope: Scope
  readonly necessity: string
  readonly proportionality: string
  readonly alternatives?: readonly {
    readonly means: string
    readonly outcome: string
    readonly reason: string
  }[]
  readonly excess_information: { readonly risk: boolean; readonly reason: string }
  readonly confidential_information: {
    readonly risk: boolean
    readonly reason: string
    readonly kinds?: readonly string[]
    readonly amount?: string
    readonly relevance?: string
  }
  readonly agreement?: Agreement
  readonly valid: { readonly from: string; readonly until: string }
  readonly requested_by: AuthorisationPerson
  readonly authorised_by: AuthorisationPerson
}

export interface AuthorisedDevice {
  readonly exhibit: string
  readonly user_role: 'victim' | 'witness' | 'suspect' | 'convicted' | 'missing-person' | 'deceased' | 'other'
  readonly description: string
  readonly serial?: string
  readonly imei?: string
}

export interface LineOfEnquiry {
  readonly id: string
  readonly proposition: string
  readonly why_this_device: string
}

/** PCSC Act 2022 ss.38 and 39: a statutory precondition, never called consent. */
export interface Agreement {
  readonly by:
    | 'user'
    | 'parent-or-guardian'
    | 'care-authority'
    | 'social-worker'
    | 'attorney'
    | 'deputy'
    | 'responsible-adult'
  /** absent = adult */
  readonly user_is?: 'adult' | 'child' | 'adult-without-capacity'
  readonly notice_served: string
  readonly agreed: string
  /** absent = written */
  readonly confirmed?: 'written' | 'electronic' | 'oral'
  readonly copy_given?: string
  readonly views_of_child?: string
  readonly why_no_other_person?: string
}

export interface AuthorisationPerson {
  readonly id: string
  readonly name: string
  readonly rank: string
}
