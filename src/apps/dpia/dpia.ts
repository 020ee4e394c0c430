import { hash } from 'node:crypto'
import { canonical } from '../../records/index.ts'
import { after, type Day } from '../../retention/index.ts'
import type { Person } from '../person.ts'
import type { QuestionId } from './questions.ts'
import type { Risk } from './risk.ts'

/**
 * A data protection impact assessment (law row C25): the ICO template's fields under the heads of Data Protection Act 2018
 * s.64(3). A draft is one in which much is absent; `missingFrom` says what. Field names are those of the document
 * (docs/formats/dpia.md).
 */
export interface Dpia {
  readonly format: 'peel-dpia/1'
  /** unique within the force */
  readonly reference: string
  readonly title: string
  /** 1, and one more with every change after sign-off */
  readonly revision: number
  /** lower-case hex SHA-256 of the revision before, canonical; absent exactly in revision 1 */
  readonly supersedes?: string
  /** ids of the entries of the catalogue that it is about */
  readonly apps: readonly string[]
  readonly controller: { readonly name: string; readonly contact: string }
  readonly dpo?: Person
  readonly prepared_by?: Person
  readonly answers: Readonly<Partial<Record<QuestionId, string>>>
  readonly measures: readonly Measure[]
  readonly risks: readonly Risk[]
  /** the day from which it may no longer be relied on without being looked at again */
  readonly review_on?: Day
  readonly kept_under_review_by?: Person
  readonly advice?: Advice
  readonly consultation_reviewed?: ConsultationReview
  readonly commissioner?: CommissionerConsulted
  readonly sign_off?: SignOff
}

export interface Measure {
  readonly title: string
  readonly says: string
}

/** What the data protection officer advised, and what became of it. They advise and approve nothing (DPA 2018 ss.70, 71). */
export interface Advice {
  readonly by: Person
  readonly on: Day
  readonly advises: 'go_ahead' | 'not_to_go_ahead'
  readonly summary: string
  /** `assessedDigest` of what was advised on */
  readonly of: string
  readonly outcome: 'accepted' | 'overruled'
  readonly decided_by: Person
  /** needed where it was overruled */
  readonly reasons?: string
}

export interface ConsultationReview {
  readonly by: Person
  readonly on: Day
  readonly follows_views: boolean
  /** needed where it does not follow them */
  readonly reasons?: string
}

/** Prior consultation of the Commissioner (DPA 2018 s.65). */
export interface CommissionerConsulted {
  readonly sent: Day
  /** the Commissioner asked for another month (s.65(6)) */
  readonly extended?: boolean
  readonly advice?: { readonly on: Day; readonly summary: string; readonly may_begin: boolean }
}

export interface Approval {
  readonly by: Person
  readonly on: Day
  /** `assessedDigest` of what was approved */
  readonly of: string
}

export interface SignOff {
  readonly measures?: Approval
  readonly residual_risk?: Approval
}

/** Names a revision by all that it says: lower-case hex SHA-256 over its canonical form (RFC 8785). */
export function dpiaDigest(dpia: Dpia): string {
  return hash('sha256', canonical(dpia), 'hex')
}

/** Names what is advised on and approved: everything but the advice, the approvals and who was consulted since. */
export function assessedDigest(dpia: Dpia): string {
  return hash('sha256', canonical(assessedPart(dpia)), 'hex')
}

/** Begins another revision: the same text, tied to the one before, with nobody's advice or approval. */
export function nextRevision(dpia: Dpia): Dpia {
  return { ...assessedPart(dpia), revision: dpia.revision + 1, supersedes: dpiaDigest(dpia) }
}

const GIVEN_AFTERWARDS: ReadonlySet<string> = new Set(['advice', 'consultation_reviewed', 'commissioner', 'sign_off'])

function assessedPart(dpia: Dpia): Dpia {
  return Object.fromEntries(Object.entries(dpia).filter(([name]) => !GIVEN_AFTERWARDS.has(name))) as unknown as Dpia
}

/** Where revisions, first to last, do not follow from each other: numbers of revisions, as they say themselves. */
export function brokenLinks(revisions: readonly Dpia[]): number[] {
  return revisions
    .filter((one, at) => {
      const before = revisions[at - 1]
      return before === undefined
        ? one.revision !== 1 || one.supersedes !== undefined
        : one.reference !== before.reference ||
            one.revision !== before.revision + 1 ||
            one.supersedes !== dpiaDigest(before)
    })
    .map(({ revision }) => revision)
}

/** The day by which the Commissioner's advice is due: six weeks, and a month more where asked for (DPA 2018 s.65(5), (6)). */
export function commissionersDay({ sent, extended }: CommissionerConsulted): Day {
  const sixWeeks = after(sent, { days: 42 })
  return extended ? after(sixWeeks, { months: 1 }) : sixWeeks
}
