import { hash } from 'node:crypto'
import { canonical } from '../../records/index.ts'
import type { Day } from '../../retention/index.ts'
import { isBlank } from '../dpia/missing.ts'
import type { Person } from '../person.ts'
import type { AppVersion } from './version.ts'

/** An app as the force's catalogue has it: everything that is to be known before it is let onto a phone (law row E9). */
export interface CatalogueEntry {
  readonly id: string
  readonly app: string
  readonly publisher: string
  /** for each platform the version that was assessed, with its id and its signers */
  readonly versions: readonly AppVersion[]
  readonly purpose: string
  /** who answers for it, and never approves it (law row H17) */
  readonly owner?: Person
  /** kinds of data, and of whom */
  readonly data_classes: readonly string[]
  readonly data_flows: readonly DataFlow[]
  readonly supplier: Supplier
  /** roles of the force that may have it; nobody else may (law row E10) */
  readonly roles: readonly string[]
  /** on which lawful route it records calls, where it can (law rows E1 to E5) */
  readonly recording: RecordingRoute
  /** how it behaves before anybody does anything (law row E8) */
  readonly defaults?: { readonly records_by_itself: boolean; readonly shows_that_it_records: boolean }
  readonly restrictability?: RestrictabilityTest
  readonly dpia?: { readonly reference: string /** `dpiaDigest` */; readonly digest: string }
  readonly security_review?: SecurityReview
  /** `instructionDigest` of what staff read and answer before they get it */
  readonly instruction?: string
  /** from this day it is on no more phones until somebody has looked at it again */
  readonly review_on?: Day
  /** how it goes, and what becomes of its data then */
  readonly exit_plan: string
}

export interface DataFlow {
  readonly data: string
  readonly from: string
  readonly to: string
  readonly country: string
  readonly protection: string
}

export interface Supplier {
  readonly name: string
  /** whether they process data for the force, so that a contract must bind them (DPA 2018 s.59) */
  readonly processes_data: boolean
  readonly contract?: {
    readonly reference: string
    readonly from: Day
    /** the last day; absent: until notice */
    readonly until?: Day
    /** whether it has what s.59(5) and (6) ask of it */
    readonly has_required_terms: boolean
  }
}

export const RECORDING_ROUTES = ['none', 'overt_announced', 'all_party', 'authorised_covert', 'prohibited'] as const
export type RecordingRoute = (typeof RECORDING_ROUTES)[number]

/** Whether the app can be kept to some roles: tried, not promised (law row E10). */
export interface RestrictabilityTest {
  readonly by: Person
  readonly on: Day
  readonly means: 'managed_store' | 'licence' | 'sign_in_group'
  /** `supplier_cannot`: they say themselves that it cannot be done */
  readonly result: 'restricted' | 'not_restricted' | 'supplier_cannot'
  /** roles with which somebody got it */
  readonly roles_let_in: readonly string[]
  /** whether somebody without such a role tried, and did not get it */
  readonly outsider_kept_out: boolean
  /** where what was seen is kept */
  readonly evidence: string
}

export interface SecurityReview {
  readonly by: Person
  readonly on: Day
  readonly outcome: 'passed' | 'failed'
  readonly reference: string
  /** of each platform: the version that was looked at */
  readonly versions: readonly { readonly platform: AppVersion['platform']; readonly version: string }[]
}

/** Names an entry by all that it says: lower-case hex SHA-256 over its canonical form (RFC 8785). */
export function entryDigest(entry: CatalogueEntry): string {
  return hash('sha256', canonical(entry), 'hex')
}

/** What a request must say before anybody screens it. */
export const ASKED_FIRST = ['app', 'publisher', 'versions', 'purpose', 'owner', 'supplier'] as const

/** What an entry lacks: the field, and what to write there. The list of law row E9, but for what others give afterwards. */
export function missingFromEntry(entry: CatalogueEntry): { readonly field: string; readonly says: string }[] {
  const { versions, data_flows, supplier, roles, review_on } = entry
  const lacks: readonly (readonly [lacks: boolean, field: string, says: string])[] = [
    [isBlank(entry.app), 'app', 'Say what the app is called.'],
    [isBlank(entry.publisher), 'publisher', 'Say who publishes it.'],
    [versions.length === 0, 'versions', 'Have its package looked into, for each platform.'],
    [
      versions.some(({ platform, signers }) => platform === 'android' && signers.length === 0),
      'versions',
      'Say who signs the package.',
    ],
    [isBlank(entry.purpose), 'purpose', 'Say what it is for.'],
    [entry.owner === undefined, 'owner', 'Name who answers for it.'],
    [isBlank(supplier.name), 'supplier', 'Name the supplier.'],
    [entry.data_classes.every(isBlank), 'data_classes', 'Say what data it handles, and whose.'],
    [data_flows.length === 0, 'data_flows', 'Say from where to where data goes.'],
    [
      data_flows.some((flow) => [flow.data, flow.from, flow.to, flow.country, flow.protection].some(isBlank)),
      'data_flows',
      'Say of each flow which data, from where, to where, in which country and how it is protected.',
    ],
    [roles.length === 0 || roles.some(isBlank), 'roles', 'Say which roles may have it.'],
    [entry.defaults === undefined, 'defaults', 'Say what it does before anybody does anything.'],
    [entry.restrictability === undefined, 'restrictability', 'Try whether it can be kept to those roles.'],
    [entry.dpia === undefined, 'dpia', 'Name the data protection impact assessment.'],
    [entry.security_review === undefined, 'security_review', 'Have its security reviewed.'],
    [entry.instruction === undefined, 'instruction', 'Name the instruction for staff, with its questions.'],
    [review_on === undefined, 'review_on', 'Say on which day it is looked at again.'],
    [isBlank(entry.exit_plan), 'exit_plan', 'Say how it goes, and what becomes of its data.'],
  ]
  return lacks.flatMap(([is, field, says]) => (is ? [{ field, says }] : []))
}
