import type { ColumnType, Generated } from 'kysely'
import type { AppRecord, AppState, Dpia, InspectedPackage, RolePolicy } from '../apps/index.ts'
import type { Json, Optional, OptionalJson } from './columns.ts'

/** The tables of the catalogue of apps, its assessments and the policies of roles (migration 0011). */
export interface AppTables {
  apps: AppsTable
  app_versions: AppVersionsTable
  app_askings: AppAskingsTable
  app_packages: AppPackagesTable
  tracker_lists: TrackerListsTable
  dpias: DpiasTable
  dpia_versions: DpiaVersionsTable
  dpia_advice: DpiaAdviceTable
  role_policies: RolePoliciesTable
  policy_exports: PolicyExportsTable
}

export interface AppsTable {
  id: string
  version: number
  title: string
  state: AppState
  record: Json<AppRecord>
  asked_because: string
  asked_phones: number
  further: ColumnType<Readonly<Record<string, unknown>>, string | undefined, string>
  why: Optional<string>
  requested_by: string
  requested_at: Date
  changed_at: Date
}

export interface AppVersionsTable {
  app_id: string
  version: number
  digest: string
  record: Json<AppRecord>
  act: string
  person_id: Optional<string>
  at: Date
}

export interface AppAskingsTable {
  id: Generated<string>
  app_id: string
  act: 'begin_trial' | 'approve' | 'remove'
  asks: Json<Record<string, unknown>>
  asked_by: string
  asked_at: Date
  decided_by: Optional<string>
  decided_at: Optional<Date>
  outcome: Optional<'agreed' | 'refused' | 'taken_back'>
  reasons: Optional<string>
}

export interface AppPackagesTable {
  id: Generated<string>
  app_id: string
  sha256: string
  bytes: number
  found: OptionalJson<InspectedPackage>
  refused: Optional<string>
  tracker_list: Optional<string>
  person_id: string
  at: Date
}

export interface TrackerListsTable {
  digest: string
  trackers: number
  list: string
  person_id: string
  at: Date
}

export interface DpiasTable {
  id: string
  version: number
  reference: string
  title: string
  revision: number
  document: Json<Dpia>
  kept: Optional<string>
  written_by: string
  changed_at: Date
}

export interface DpiaVersionsTable {
  dpia_id: string
  version: number
  revision: number
  digest: string
  document: Json<Dpia>
  act: string
  person_id: string
  at: Date
}

export interface DpiaAdviceTable {
  id: Generated<string>
  dpia_id: string
  assessed: string
  asked_by: string
  asked_at: Date
  advised_by: Optional<string>
  advised_at: Optional<Date>
  advises: Optional<'go_ahead' | 'not_to_go_ahead'>
  summary: Optional<string>
  decided_by: Optional<string>
  decided_at: Optional<Date>
}

export interface RolePoliciesTable {
  role: string
  version: number
  policy: Json<RolePolicy>
  person_id: string
  at: Date
}

export interface PolicyExportsTable {
  id: Generated<string>
  role: string
  form: 'android' | 'intune' | 'csv' | 'sheet'
  digest: string
  content: string
  person_id: string
  at: Date
}
