import type { ColumnType, Generated } from 'kysely'
import type { AppTables } from './app-tables.ts'
import type { ArchiveTables } from './archive-tables.ts'
import type { Defaulted, Json, Optional, OptionalJson } from './columns.ts'
import type { FleetTables } from './fleet-tables.ts'

/** The tables of migrations/, as Kysely types them. Times come as Date, dates as `YYYY-MM-DD`, bigints as number. */
export interface Tables extends ArchiveTables, AppTables, FleetTables {
  people: PeopleTable
  authenticators: AuthenticatorsTable
  sign_ins: SignInsTable
  cases: CasesTable
  case_members: CaseMembersTable
  devices: DevicesTable
  custody_events: CustodyEventsTable
  drafts: DraftsTable
  requests: RequestsTable
  notices: NoticesTable
  agreements: AgreementsTable
  withdrawals: WithdrawalsTable
  advice: AdviceTable
  breaches: BreachesTable
  breach_decisions: BreachDecisionsTable
  processing_facts: ProcessingFactsTable
  journalistic_decisions: JournalisticDecisionsTable
  decisions: DecisionsTable
  uploads: UploadsTable
  extractions: ExtractionsTable
  holdings: HoldingsTable
  holds: HoldsTable
  openings: OpeningsTable
  finds: FindsTable
  tags: TagsTable
  seen_records: SeenRecordsTable
  measures_gone: MeasuresGoneTable
  searches: SearchesTable
  notes: NotesTable
  destructions: DestructionsTable
  statements: StatementsTable
}

export interface PeopleTable {
  id: string
  name: string
  rank: Optional<string>
  roles: Defaulted<string[]>
  schedule_3_part: Optional<number>
  last_signed_in: Optional<Date>
}

export interface AuthenticatorsTable {
  id: string
  person_id: string
  public_key: Buffer
  counter: Defaulted<number>
  transports: Defaulted<string[]>
  created_at: Date
}

export interface SignInsTable {
  id: Buffer
  person_id: string
  created_at: Date
  seen_at: Date
  ends_at: Date
  stepped_up_at: Optional<Date>
  state: ColumnType<Record<string, unknown>, string | undefined, string>
}

export interface CasesTable {
  id: Generated<string>
  reference: string
  pseudonym: string
  offence: string
  retention_group: string
  outcome: Optional<string>
  outcome_on: Optional<string>
  opened_at: Date
  opened_by: string
  closing_asked_by: Optional<string>
  closing_asked_at: Optional<Date>
  closing_reason: Optional<string>
  closed_at: Optional<Date>
}

export interface CaseMembersTable {
  case_id: string
  person_id: string
  capacity: string
  added_at: Date
  added_by: string
}

export interface DevicesTable {
  id: Generated<string>
  case_id: string
  exhibit: string
  device_kind: Defaulted<'phone' | 'tablet' | 'other'>
  description: string
  serial: Optional<string>
  imei: Optional<string>
  condition: Optional<string>
  user_role: string
  user_name: string
  user_is: Defaulted<'adult' | 'child' | 'adult-without-capacity'>
  owner_name: Optional<string>
  provider_name: Optional<string>
  provided_by: Defaulted<'user' | 'owner' | 'parent-or-guardian' | 'other'>
  other_users: Optional<string>
  capacity_assessment: Optional<string>
  adjustments: Optional<string>
  adjustments_note: Optional<string>
  created_at: Date
  /** set where it is no device, but recordings that were kept from an archive */
  from_archive: Optional<string>
}

export type CustodyKind = 'received' | 'moved' | 'loan_given' | 'loan_returned' | 'returned'

export interface CustodyEventsTable {
  id: Generated<number>
  device_id: string
  kind: CustodyKind
  happened_at: Date
  person_id: string
  place: string
  about: Optional<string>
  seal_found: Optional<string>
  seal: Optional<string>
  condition: Optional<string>
  recorded_at: Optional<Date>
}

export interface DraftsTable {
  id: Generated<string>
  case_id: string
  person_id: string
  kind: string
  answers: Json<Record<string, unknown>>
  updated_at: Date
}

export type RequestStatus =
  | 'draft'
  | 'notice_served'
  | 'agreed'
  | 'refused_by_user'
  | 'submitted'
  | 'granted'
  | 'narrowed'
  | 'refused'
  | 'returned'
  | 'withdrawn'
  | 'superseded'
  | 'expired'
  | 'no_phone_needed'

export interface RequestsTable {
  id: Generated<string>
  case_id: string
  device_id: string
  reference: string
  version: Defaulted<number>
  supersedes: Optional<string>
  status: Defaulted<RequestStatus>
  taken_until: Optional<Date>
  document: ColumnType<Record<string, unknown>, string | undefined, string>
  beliefs: ColumnType<Record<string, unknown>, string | undefined, string>
  requested_by: string
  created_at: Date
  submitted_at: Optional<Date>
}

export interface NoticesTable {
  id: Generated<string>
  request_id: string
  served_at: Date
  served_by: string
  served_on: string
  language: string
  format: string
  channel: string
  scope_digest: string
  digest: string
  adjustments: Defaulted<string[]>
  document: Json<Record<string, unknown>>
}

export interface AgreementsTable {
  id: Generated<string>
  request_id: string
  outcome: 'agreed' | 'refused'
  given_by: string
  given_by_name: string
  authority: Optional<string>
  confirmed: 'written' | 'electronic' | 'oral'
  happened_at: Date
  taken_by: string
  no_undue_pressure: Optional<boolean>
  own_words: Optional<string>
  views_of_child: Optional<string>
  why_no_other_person: Optional<string>
  why_oral: Optional<string>
  copy_given_at: Optional<Date>
  guardian_told: Optional<boolean>
  guardian_reason: Optional<string>
  guardian_at: Optional<Date>
  guardian_by: Optional<string>
}

export interface WithdrawalsTable {
  id: Generated<string>
  request_id: string
  happened_at: Date
  taken_by: Optional<string>
  channel: string
  stage: 'before' | 'during' | 'after'
  letter: Json<Record<string, unknown>>
}

export interface AdviceTable {
  id: Generated<string>
  request_id: string
  person_id: string
  role: string
  says: string
  digest: string
  written_at: Date
}

export interface BreachesTable {
  id: Generated<string>
  kind: 'confidentiality' | 'integrity' | 'availability'
  aware_at: Date
  facts: string
  effects: string
  remedy: string
  reported_by: string
  reported_at: Date
}

export interface BreachDecisionsTable {
  id: Generated<string>
  breach_id: string
  commissioner: 'told' | 'no-likely-risk'
  commissioner_reasons: string
  late_reasons: Optional<string>
  people: 'told' | 'no-high-risk' | 'unintelligible' | 'measures-taken' | 'public-notice' | 'restricted'
  people_reasons: string
  decided_by: string
  decided_at: Date
}

export interface ProcessingFactsTable {
  version: number
  facts: Json<Readonly<Record<string, string>>>
  changed_by: string
  changed_at: Date
}

export interface JournalisticDecisionsTable {
  id: Generated<string>
  request_id: string
  document: string
  outcome: 'allowed' | 'refused'
  reasons: string
  sources: string
  decided_by: string
  decided_at: Date
}

/** Why a grant ended before or at its time. */
export type EndedBecause = 'agreement-withdrawn' | 'no-longer-necessary' | 'mistake' | 'other' | 'expired' | 'varied'

export interface DecisionsTable {
  id: Generated<string>
  request_id: string
  outcome: 'granted' | 'narrowed' | 'refused' | 'returned'
  necessity: string
  proportionality: string
  decided_by: string
  decided_at: Date
  envelope: Optional<string>
  digest: Optional<string>
  valid_until: Optional<Date>
  leaf: Optional<number>
  ended_at: Optional<Date>
  ended_because: Optional<EndedBecause>
}

export interface UploadsTable {
  id: Generated<string>
  request_id: string
  person_id: string
  bytes: number
  received: Defaulted<number>
  created_at: Date
  finished_at: Optional<Date>
  destroyed_at: Optional<Date>
}

export type ExtractionState =
  | 'queued'
  | 'running'
  | 'sealed'
  | 'failed'
  | 'cancelled'
  | 'withdrawn'
  | 'expired'
  // by hand: while somebody looks, and after
  | 'looking'
  | 'recorded'

/** Why an extraction must stop: the words of `extraction.cancelled`. */
export type StopReason =
  | 'person'
  | 'agreement-withdrawn'
  | 'authorisation-expired'
  | 'authorisation-ended'
  | 'service-stopped'

export interface ExtractionsTable {
  id: Generated<string>
  request_id: string
  state: Defaulted<ExtractionState>
  source: Json<Record<string, unknown>>
  queued_by: string
  queued_at: Date
  started_at: Optional<Date>
  finished_at: Optional<Date>
  stop: Optional<StopReason>
  stop_by: Optional<string>
  progress: ColumnType<Record<string, unknown>, string | undefined, string>
  result: OptionalJson<Record<string, unknown>>
  failure: Optional<string>
  receipt_digest: Optional<Buffer>
}

export interface HoldingsTable {
  extraction_id: string
  case_id: string
  object_class: string
  retention_group: string
  person_role: string
  child: boolean
  created_on: string
  review_on: string
  owner_id: string
  relevance: Defaulted<'undecided' | 'relevant' | 'not_relevant'>
  evidence: Defaulted<boolean>
  reviewed_on: Optional<string>
  review_outcome: Optional<'retain' | 'dispose'>
  review_reasons: Optional<string>
  restricted_at: Optional<Date>
  destroyed_at: Optional<Date>
}

export interface HoldsTable {
  id: Generated<string>
  extraction_id: string
  kind: string
  says: string
  review_on: string
  set_by: string
  set_at: Date
  lifted_by: Optional<string>
  lifted_at: Optional<Date>
  lifted_because: Optional<string>
}

export interface OpeningsTable {
  id: Generated<string>
  extraction_id: string
  person_id: string
  purpose: string
  compartment: Defaulted<'main' | 'privileged' | 'excess'>
  opened_at: Date
  ends_at: Date
  closed_at: Optional<Date>
}

export interface FindsTable {
  id: Generated<string>
  extraction_id: string
  kind: 'another-crime' | 'risk-to-life' | 'safeguarding'
  says: string
  reasons: string
  found_by: string
  found_at: Date
  outcome: Optional<'new-request' | 'go-on' | 'pass-on'>
  decision_reasons: Optional<string>
  passed_to: Optional<string>
  decided_by: Optional<string>
  decided_at: Optional<Date>
}

export type Tag =
  | 'relevant'
  | 'not_relevant'
  | 'privileged'
  | 'confidential'
  | 'third_party'
  | 'sexual_history'
  | 'excess'

export interface TagsTable {
  extraction_id: string
  record_id: string
  tag: Tag
  person_id: string
  tagged_at: Date
  decided: Optional<'privileged' | 'destroy' | 'restrict'>
  decided_by: Optional<string>
  decided_at: Optional<Date>
}

export interface SeenRecordsTable {
  extraction_id: string
  record_id: string
}

export interface MeasuresGoneTable {
  extraction_id: string
  seen: number
  relevant: number
  not_relevant: number
  excess: number
}

export interface SearchesTable {
  id: Generated<string>
  extraction_id: string
  person_id: string
  compartment: string
  sealed: Buffer
  found: number
  searched_at: Date
}

export interface NotesTable {
  id: Generated<string>
  extraction_id: string
  record_id: string
  kind: 'fact' | 'assessment'
  sealed: Buffer
  person_id: string
  written_at: Date
}

export interface DestructionsTable {
  id: Generated<string>
  extraction_id: string
  proposed_by: string
  proposed_at: Date
  reason: string
  approved_by: Optional<string>
  approved_at: Optional<Date>
  refused_by: Optional<string>
  done_at: Optional<Date>
  certificate: OptionalJson<Record<string, unknown>>
  records: Optional<string[]>
  sealing_at: Optional<Date>
  resealed: OptionalJson<Record<string, unknown>>
  failure: Optional<string>
}

export interface StatementsTable {
  id: Generated<number>
  kind: string
  case_id: Optional<string>
  pseudonym: Optional<string>
  n: Optional<number>
  leaf: Optional<number>
  authorisation_leaf: Optional<number>
  actor: string
  happened_at: Date
  digest: string
  envelope: string
}
