import type { ColumnType, Generated } from 'kysely'
import type { Defaulted, Json, Optional, OptionalJson } from './columns.ts'

/** The tables of archives of call recordings (migrations 0010 and 0013). */
export interface ArchiveTables {
  archives: ArchivesTable
  archive_items: ArchiveItemsTable
  archive_registers: ArchiveRegistersTable
  register_columns: RegisterColumnsTable
  name_templates: NameTemplatesTable
  owner_statements: OwnerStatementsTable
  archive_holds: ArchiveHoldsTable
  archive_holders: ArchiveHoldersTable
  recording_decisions: RecordingDecisionsTable
  listenings: ListeningsTable
  heard: HeardTable
  archive_samples: ArchiveSamplesTable
  sampled_items: SampledItemsTable
  archive_places: ArchivePlacesTable
  archive_milestones: ArchiveMilestonesTable
  archive_figures: ArchiveFiguresTable
  batches: BatchesTable
  batch_items: BatchItemsTable
  batch_survivors: BatchSurvivorsTable
  batch_decisions: BatchDecisionsTable
  recording_keeps: RecordingKeepsTable
  archive_closings: ArchiveClosingsTable
}

export interface ArchivesTable {
  id: Generated<string>
  title: string
  collected_as: string
  state: 'taking_in' | 'taken_in' | 'matching' | 'matched' | 'closing' | 'closed'
  opened_by: string
  opened_at: Date
  progress: ColumnType<Record<string, unknown>, string | undefined, string>
  failure: Optional<string>
  taken_in_at: Optional<Date>
  summary: OptionalJson<Record<string, unknown>>
  counts: OptionalJson<Record<string, unknown>>
  matched_at: Optional<Date>
  matching: Defaulted<number>
  inputs: Optional<string>
  generation: Defaulted<number>
  closed_at: Optional<Date>
}

export interface ArchiveItemsTable {
  archive_id: string
  id: string
  sha256: string
  bytes: number
  phone: Optional<number>
  month: Optional<string>
  recorder: Optional<string>
  container: Optional<string>
  audio: 'whole' | 'damaged' | 'empty' | 'not_recognised'
  duration_ms: Optional<number>
  generation: Optional<number>
  sealed: Optional<Buffer>
  class: Optional<'A' | 'B' | 'C' | 'D' | 'E' | 'F'>
  codes: Defaulted<string[]>
  follows: Optional<string>
  likely_copies: Defaulted<number>
  waits_since: Optional<Date>
  deadline: Optional<Date>
  state: Defaulted<'held' | 'kept' | 'destroyed'>
}

export interface ArchiveRegistersTable {
  id: Generated<string>
  archive_id: string
  kind: string
  mapping: OptionalJson<Record<string, unknown>>
  digest: string
  bytes: number
  rows: number
  problems: number
  oddities: ColumnType<Record<string, unknown>, string | undefined, string>
  given_by: string
  given_at: Date
  taken_back_at: Optional<Date>
}

export interface RegisterColumnsTable {
  kind: string
  heading: string
  mapping: Json<Record<string, unknown>>
  person_id: string
  at: Date
}

export interface NameTemplatesTable {
  id: Generated<string>
  archive_id: string
  template: Json<Record<string, unknown>>
  read: number
  of: number
  otherwise: number
  proposed_by: string
  proposed_at: Date
  decided_by: Optional<string>
  decided_at: Optional<Date>
  approved: Optional<boolean>
}

export interface OwnerStatementsTable {
  id: Generated<string>
  archive_id: string
  person_id: string
  says: string
  from_day: Optional<string>
  to_day: Optional<string>
  stated_at: Date
}

export interface ArchiveHoldsTable {
  id: Generated<string>
  archive_id: string
  thing: 'archive' | 'device' | 'holder' | 'number' | 'case' | 'item'
  generation: Optional<number>
  target: Optional<Buffer>
  reason: string
  recordings: Defaulted<number>
  set_by: string
  set_at: Date
  lifted_by: Optional<string>
  lifted_at: Optional<Date>
  lifted_because: Optional<string>
}

export interface ArchiveHoldersTable {
  archive_id: string
  mark: string
}

export interface RecordingDecisionsTable {
  id: Generated<string>
  archive_id: string
  item_id: string
  outcome: 'hold' | 'release'
  codes: string[]
  targets: Defaulted<string[]>
  reasons: string
  privileged_route: Defaulted<boolean>
  decided_by: string
  decided_at: Date
}

export interface ListeningsTable {
  id: Generated<string>
  archive_id: string
  item_id: string
  reason: string
  asked_by: string
  asked_at: Date
  decided_by: Optional<string>
  decided_at: Optional<Date>
  allowed: Optional<boolean>
  refused_because: Optional<string>
  ends_at: Optional<Date>
  ended_by: Optional<string>
}

export interface HeardTable {
  listening_id: string
  at: Date
  kind: 'sound' | 'file'
  from_s: number
  to_s: number
  from_byte: number
  to_byte: number
}

export interface ArchiveSamplesTable {
  id: Generated<string>
  archive_id: string
  matching: number
  of: number
  seed: string
  drawn_by: string
  drawn_at: Date
  finished_at: Optional<Date>
}

export interface SampledItemsTable {
  sample_id: string
  item_id: string
  at: number
  outcome: Optional<'right' | 'wrong'>
  says: Optional<string>
  looked_by: Optional<string>
  looked_at: Optional<Date>
}

export interface ArchivePlacesTable {
  id: Generated<string>
  archive_id: string
  kind: 'collected_folder' | 'phone' | 'cloud' | 'backup' | 'other'
  title: string
  found: 'not_checked' | 'gone' | 'nothing_there' | 'still_there' | 'not_reached'
  evidence: Defaulted<string>
  person_id: string
  at: Date
  superseded_at: Optional<Date>
}

export interface ArchiveMilestonesTable {
  id: Generated<string>
  archive_id: string
  kind: string
  on_day: string
  says: Defaulted<string>
  person_id: string
  at: Date
  taken_back_by: Optional<string>
  taken_back_at: Optional<Date>
}

export interface ArchiveFiguresTable {
  id: Generated<string>
  archive_id: string
  figure: 'downloads' | 'installs' | 'trials' | 'people_told'
  value: number
  source: string
  person_id: string
  at: Date
  superseded_at: Optional<Date>
}

export interface BatchesTable {
  id: Generated<string>
  archive_id: string
  matching: number
  sample_id: Optional<string>
  proposed_by: string
  proposed_at: Date
  reasons: string
  approvals: 1 | 2
  root: string
  items: number
  bytes: number
  duration_ms: number
  state: 'proposed' | 'approved' | 'refused' | 'stopped' | 'destroying' | 'destroyed'
  stopped: OptionalJson<Record<string, unknown>>
  matched_at: Optional<Date>
  began_at: Optional<Date>
  keys_destroyed_at: Optional<Date>
  found: OptionalJson<Record<string, unknown>>
  destroyed_at: Optional<Date>
  certificate: Optional<Buffer>
  signature: Optional<Buffer>
  failure: Optional<string>
}

export interface BatchItemsTable {
  batch_id: string
  item_id: string
  mark: string
  class: 'E' | 'F'
  rule: 'no_tie' | 'released' | 'exact_copy'
  decision: string
  follows: Optional<string>
}

export interface BatchSurvivorsTable {
  batch_id: string
  item_id: string
  source: Buffer
  sealed: Buffer
}

export interface BatchDecisionsTable {
  batch_id: string
  proposed_by: string
  person_id: string
  says: 'approve' | 'refuse'
  root: string
  reason: Defaulted<string>
  at: Date
}

export interface RecordingKeepsTable {
  id: Generated<string>
  archive_id: string
  case_id: string
  relevance: string
  necessity: string
  item_ids: string[]
  set_digest: string
  bytes: number
  proposed_by: string
  proposed_at: Date
  decided_by: Optional<string>
  decided_at: Optional<Date>
  approved: Optional<boolean>
  refused_because: Optional<string>
  request_id: Optional<string>
  extraction_id: Optional<string>
  done_at: Optional<Date>
  failure: Optional<string>
}

export interface ArchiveClosingsTable {
  id: Generated<string>
  archive_id: string
  proposed_by: string
  proposed_at: Date
  decided_by: Optional<string>
  decided_at: Optional<Date>
  approved: Optional<boolean>
}
