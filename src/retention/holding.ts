import type { Day } from './day.ts'
import { isDay } from './day.ts'

/** What is kept: each class has a clock of its own (law row D6). */
export const OBJECT_CLASSES = [
  'raw_extract',
  'quarantined_excess',
  'reviewed_relevant',
  'exhibit',
  'audit_record',
] as const
export type ObjectClass = (typeof OBJECT_CLASSES)[number]

export const PERSON_ROLES = ['victim', 'witness', 'suspect', 'other'] as const
export type PersonRole = (typeof PERSON_ROLES)[number]

export const HOLD_KINDS = [
  'coroner',
  'civil_claim',
  'serious_case',
  'court_order',
  'appeal',
  'case_review',
  'complaint',
  'rights_request',
  'inquiry',
  'other',
] as const
export type HoldKind = (typeof HOLD_KINDS)[number]

/** Something that forbids destruction whatever else is so (law row D9). It ends only by being lifted. */
export interface Hold {
  readonly id: string
  readonly kind: HoldKind
  readonly placed: Day
  /** when somebody asks whether it is still needed */
  readonly reviewOn: Day
  readonly lifted?: Day
}

/** What the investigation came to. Absent in a holding: it goes on. */
export interface CaseOutcome {
  readonly kind: 'charged' | 'not_charged' | 'out_of_court' | 'undetected'
  readonly on: Day
}

/** What the court came to. Absent in a holding: it has not decided, or was not asked. */
export interface CourtResult {
  readonly kind: 'convicted' | 'acquitted' | 'discontinued'
  readonly on: Day
  /** after a conviction: in custody or in hospital under an order; absent = neither */
  readonly detained?: { readonly released?: Day }
  /** an appeal, or the Criminal Cases Review Commission looking at it */
  readonly appeal?: { readonly decided?: Day }
}

/** One thing that is kept. Ids are opaque: no name, number or word of its content ever stands here. */
export interface Holding {
  readonly id: string
  readonly objectClass: ObjectClass
  /** the review group of the person's record under MoPI (law rows D2 to D5) */
  readonly group: '1' | '2' | '3' | '4'
  /** of group 4, as the schedule names them */
  readonly subType?: string
  readonly personRole: PersonRole
  readonly child: boolean
  readonly created: Day
  /** the last event that begins the clear period anew (law row D3) */
  readonly lastRelevantContact?: Day
  /** only for a suspect in a group that ends at an age */
  readonly subjectBorn?: Day
  readonly caseOutcome?: CaseOutcome
  readonly courtResult?: CourtResult
  /** the last review: when, and what it decided; its reasons are recorded with it, not here */
  readonly reviewed?: { readonly on: Day; readonly outcome: 'retain' | 'dispose' }
  readonly relevance: 'relevant' | 'not_relevant' | 'undecided'
  /** whether it must be kept for the purposes of evidence: Data Protection Act 2018 s.47(2) */
  readonly evidence: boolean
  readonly holds: readonly Hold[]
  /** id of the role that answers for it (law row C8) */
  readonly owner: string
}

/** Whether a hold stands on a day: from when it was placed, the day on which it is lifted not included. */
export function isInForce({ placed, lifted }: Hold, day: Day): boolean {
  return placed <= day && (lifted === undefined || lifted > day)
}

/** What keeps a holding from being taken on at all, in a sentence each; nothing where it is sound (law row C8). */
export function holdingFaults(holding: Holding): string[] {
  const faults: string[] = []
  if (holding.id.trim() === '') faults.push('it has no id')
  if (holding.owner.trim() === '') faults.push('it has no owner')
  const days: [string, Day | undefined][] = [
    ['created', holding.created],
    ['lastRelevantContact', holding.lastRelevantContact],
    ['subjectBorn', holding.subjectBorn],
    ['caseOutcome.on', holding.caseOutcome?.on],
    ['courtResult.on', holding.courtResult?.on],
    ['courtResult.detained.released', holding.courtResult?.detained?.released],
    ['courtResult.appeal.decided', holding.courtResult?.appeal?.decided],
    ['reviewed.on', holding.reviewed?.on],
    ...holding.holds.flatMap(({ placed, reviewOn, lifted }): [string, Day | undefined][] => [
      ['holds.placed', placed],
      ['holds.reviewOn', reviewOn],
      ['holds.lifted', lifted],
    ]),
  ]
  for (const [name, day] of days) if (day !== undefined && !isDay(day)) faults.push(`${name} is no day`)
  if (holding.courtResult && holding.caseOutcome?.kind !== 'charged')
    faults.push('a court decided, and nobody was charged')
  return faults
}
