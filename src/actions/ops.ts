import type { Person } from '../access/index.ts'
import type { Journal } from '../journal/index.ts'
import type { Keyring } from '../keyring/index.ts'
import type { Store } from '../store/index.ts'

/** What every act needs from outside. */
export interface Ops {
  readonly store: Store
  readonly journal: Journal
  readonly keyring: Keyring
  readonly now: () => Date
  /** so many random bytes, from the system */
  readonly random: (bytes: number) => Uint8Array
  /** who papers are from, and who is above them */
  readonly force: ForceDetails
  /** where sealed extracts lie, one folder each, by the id of their extraction */
  readonly extractsFolder: string
  /** where the catalogues of extracts are kept, sealed as these are; what is lost of them is made anew */
  readonly cataloguesFolder: string
  /** where what is uploaded waits, sealed, until it is read */
  readonly uploadsFolder: string
  /** sources that a kiosk sees: only what lies in this folder may be named; absent where there is no kiosk */
  readonly kioskFolder?: string
  /** where archives of call recordings lie that were taken in, sealed, one folder each, by their id */
  readonly archivesFolder: string
  /** archives as they were collected: only what lies directly in this folder may be named, and nothing is ever written to it; absent where there is none */
  readonly collectedFolder?: string
  /** where what phones hold rests, sealed, and what device management exported until it is read */
  readonly fleetFolder: string
  /** the log as static files */
  readonly logFolder: string
  /** what the log signs as */
  readonly logOrigin: string
  /** hands work to the queue */
  readonly enqueue: (job: JobName, data: Readonly<Record<string, string>>) => Promise<void>
}

/** The force as papers name it: settings, because both it and the regulator change (law trap 0.1.12). */
export interface ForceDetails {
  readonly name: string
  /** telephone, e-mail, address, as people write them */
  readonly contact: readonly string[]
  readonly regulator: { readonly name: string; readonly contact: readonly string[] }
}

/** Work that is done behind the pages: of extracts, of archives of call recordings, of what phones hold. */
export const JOB_NAMES = [
  'extract',
  'reseal',
  'take-in-archive',
  'match-archive',
  'destroy-batch',
  'keep-recordings',
  'close-archive',
  'import-fleet',
] as const
export type JobName = (typeof JOB_NAMES)[number]

/** Who acts: a person as the policy knows them, with what pages need. */
export interface Actor extends Person {
  /** as the force's directory writes it; shown on pages, never logged in plain text */
  readonly name: string
  /** whether they have confirmed within minutes that it is they */
  readonly stepUp: boolean
}

/** Somebody who has not signed in: no role, and so nothing that the policy allows. */
export const NOBODY: Actor = { id: '', name: '', roles: [], stepUp: false }

/** The service itself, where it acts by the clock. */
export const SERVICE_ACTOR = 'service'
