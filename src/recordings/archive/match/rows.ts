import type { Window } from './window.ts'

/** Numbers in rows are as `person()` reduces them, ids as they stand there. `line` is that of the export. */
interface Row {
  readonly line: number
}

/** Who held a phone, and which number was in it. At least one of device, IMEI and number is there. */
export interface Holding extends Row {
  readonly device?: string
  readonly imei?: string
  readonly number?: string
  readonly holder: string
  readonly during: Window
}

/** A call on a bill of the force's own. */
export interface BilledCall extends Row {
  /** the force's number */
  readonly ours: string
  /** absent where the bill says none, or that it was withheld */
  readonly other?: string
  /** when it began: two where clocks in Britain showed it twice */
  readonly began: readonly Window[]
  readonly durationMs?: number
  readonly direction?: 'in' | 'out'
}

/** An operation in which these people could record calls. */
export interface Operation extends Row {
  readonly id: string
  readonly people: readonly string[]
  readonly during: Window
}

export const PARTY_ROLES = ['victim', 'witness', 'suspect', 'other'] as const
export type PartyRole = (typeof PARTY_ROLES)[number]

/** What one row says of a case; several rows may say something of one. */
export interface CaseRow extends Row {
  readonly occurrence: string
  /** also where the status cannot be read, or is not told */
  readonly live: boolean
  readonly oic?: string
  readonly team: readonly string[]
  readonly parties: readonly { readonly number: string; readonly role: PartyRole }[]
  readonly during: Window
}

export const HELD_THINGS = ['archive', 'device', 'holder', 'number', 'case', 'item'] as const
export type HeldThing = (typeof HELD_THINGS)[number]

/** What forbids destruction until it is lifted. */
export interface ArchiveHold extends Row {
  readonly id: string
  readonly on: HeldThing
  /** absent of the whole archive */
  readonly target?: string
  /** milliseconds since 1970: from then on it is in force no more */
  readonly lifted?: number
}

export const PROTECTED_KINDS = [
  'solicitor',
  'member_of_parliament',
  'helpline',
  'clergy',
  'health',
  'journalist',
  'occupational_health',
  'staff_private',
  'other',
] as const
export type ProtectedKind = (typeof PROTECTED_KINDS)[number]

/** A number whose calls nobody may see without the route for privileged and confidential material (law row E15). */
export interface ProtectedNumber extends Row {
  readonly number: string
  readonly kind: ProtectedKind
}

/** What an owner could say, and nothing else: a free text would be content. */
export const OWNER_SAYS = [
  /** a recording is evidence of an offence, or may be */
  'evidence',
  'maybe_evidence',
  /** with somebody whom the law protects, or in confidence */
  'confidential',
  /** made in an operation */
  'operation',
  /** none of these */
  'nothing',
  'does_not_know',
  /** something that could not be read as any of these */
  'unclear',
] as const
export type OwnerSays = (typeof OWNER_SAYS)[number]

/** It is about what fits everything that it names; at least one of item, device, holder and number is there. */
export interface OwnerStatement extends Row {
  readonly says: OwnerSays
  readonly item?: string
  readonly device?: string
  readonly holder?: string
  readonly number?: string
  readonly during: Window
}

/** Everything that recordings are matched with. */
export interface Registers {
  readonly holdings: readonly Holding[]
  readonly bills: readonly BilledCall[]
  readonly operations: readonly Operation[]
  readonly cases: readonly CaseRow[]
  readonly holds: readonly ArchiveHold[]
  readonly protected: readonly ProtectedNumber[]
  readonly statements: readonly OwnerStatement[]
}
