import type { Day } from '../../retention/index.ts'
import type { Person } from '../person.ts'
import type { CatalogueEntry } from './entry.ts'
import type { AppVersion } from './version.ts'

/** Where an app stands in the force. `refused` and `removed` are the end. */
export const STATES = [
  'requested',
  'screened',
  'dpia',
  'trial',
  'approved',
  'suspended',
  'withdrawn',
  'removed',
  'refused',
] as const
export type State = (typeof STATES)[number]

/** An app on its way through the force. Only `requestApp` and `actOn` make one. */
export interface AppRecord {
  readonly entry: CatalogueEntry
  readonly state: State
  readonly requested_by: Person
  /** the day of the last act; no act goes before it */
  readonly since: Day
  /** every version that was looked into since, oldest first */
  readonly seen: readonly AppVersion[]
  /** the last; it counts while the state is `trial` */
  readonly trial?: Trial
  /** the last; it counts while the state is `approved` */
  readonly approval?: AppApproval
  /** the last; it counts while the state is `suspended` */
  readonly suspension?: Suspension
  readonly disposal?: Disposal
  readonly steps: readonly AppStep[]
}

/** For how long, and on whose phones. */
export interface Trial {
  readonly asked_by: Person
  readonly decided_by: Person
  readonly from: Day
  /** its last day */
  readonly until: Day
  readonly people: readonly Person[]
  /** what is to be found out */
  readonly question: string
  /** `entryDigest` of what was let on */
  readonly of: string
}

export interface AppApproval {
  readonly asked_by: Person
  readonly decided_by: Person
  readonly on: Day
  readonly roles: readonly string[]
  readonly board: Board
  /** `entryDigest` of what was approved */
  readonly of: string
}

/** The app board's meeting (law row E12). */
export interface Board {
  readonly minutes: string
  readonly present: readonly Person[]
  /** who takes the risk for the force */
  readonly risk_accepted_by: Person
}

export interface Suspension {
  readonly on: Day
  readonly from: 'trial' | 'approved'
  /** codes of reasons */
  readonly codes: readonly string[]
  /** `new_installs`: whoever has it keeps it; `all`: it goes from every phone until it is decided on again */
  readonly reach: 'new_installs' | 'all'
}

/** What shows that an app is gone, with its data. */
export interface Disposal {
  readonly phones_held: number
  readonly phones_without: number
  readonly places: readonly { readonly place: string; readonly found: 'gone' | 'nothing_there' | 'not_reached' }[]
  readonly data: 'none_held' | 'destroyed' | 'handed_over'
  /** digests of certificates of destruction, or of what was signed for when it was handed over */
  readonly proofs: readonly string[]
  readonly exit_plan_followed: boolean
}

/** One thing that happened to it. */
export interface AppStep {
  readonly act: string
  readonly on: Day
  readonly to: State
  /** absent where nobody decided it: a version or a day did */
  readonly by?: string
  readonly codes?: readonly string[]
}
