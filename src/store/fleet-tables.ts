import type {
  FindingKind,
  FindingSeverity,
  FleetColumns,
  FleetSource,
  Instruction,
  Platform,
  QuizAttempt,
  SelfReport,
} from '../apps/index.ts'
import type { Defaulted, Json, Optional, OptionalJson } from './columns.ts'

/** The tables of fleets, of instructions for staff and of what staff report themselves (migration 0012). */
export interface FleetTables {
  fleet_imports: FleetImportsTable
  fleet_state: FleetStateTable
  fleet_rosters: FleetRostersTable
  fleet_columns: FleetColumnsTable
  fleet_aliases: FleetAliasesTable
  fleet_tickets: FleetTicketsTable
  fleet_ticket_notes: FleetTicketNotesTable
  instructions: InstructionsTable
  instruction_receipts: InstructionReceiptsTable
  instruction_attempts: InstructionAttemptsTable
  self_reports: SelfReportsTable
  amnesties: AmnestiesTable
}

export interface FleetImportsTable {
  id: string
  source: FleetSource
  at: Date
  state: 'collecting' | 'queued' | 'done' | 'failed' | 'taken_back'
  files: Defaulted<number>
  bytes: Defaulted<number>
  headings: Optional<string[]>
  heading: Optional<string>
  columns: OptionalJson<FleetColumns>
  begun_by: string
  begun_at: Date
  queued_at: Optional<Date>
  finished_at: Optional<Date>
  failure: Optional<string>
  summary: OptionalJson<Record<string, unknown>>
  odd: OptionalJson<readonly Record<string, unknown>[]>
}

export interface FleetStateTable {
  one: Defaulted<boolean>
  import_id: string
  at: Date
  quiet: Buffer
}

export interface FleetRostersTable {
  id: string
  sealed: Buffer
  phones: number
  roles: string[]
  holders: number
  given_by: string
  given_at: Date
}

export interface FleetColumnsTable {
  heading: string
  columns: Json<FleetColumns>
  person_id: string
  at: Date
}

export interface FleetAliasesTable {
  id: string
  platform: Platform
  name: string
  publisher: Defaulted<string>
  package: string
  proposed_at: Date
  confirmed: Optional<boolean>
  decided_by: Optional<string>
  decided_at: Optional<Date>
}

export interface FleetTicketsTable {
  id: string
  mark: string
  kind: FindingKind
  severity: FindingSeverity
  sealed: Buffer
  opened: Date
  deadline: Date
  closed: Optional<Date>
  because: Optional<'gone' | 'settled'>
  at_least_ms: number
  at_most_ms: Optional<number>
  settled_by: Optional<string>
  settled_at: Optional<Date>
}

export interface FleetTicketNotesTable {
  id: string
  ticket_id: string
  kind: 'note' | 'done'
  text: string
  person_id: string
  at: Date
}

export interface InstructionsTable {
  app_id: string
  version: number
  document: Json<Instruction>
  digest: string
  issued_by: string
  issued_at: Date
}

export interface InstructionReceiptsTable {
  instruction: string
  person_id: string
  on_day: string
}

export interface InstructionAttemptsTable {
  id: string
  instruction: string
  person_id: string
  on_day: string
  chosen: Json<QuizAttempt['chosen']>
  at: Date
}

export interface SelfReportsTable {
  id: string
  on_day: string
  person_id: Optional<string>
  app: string
  installed: SelfReport['installed']
  since: Optional<string>
  phone: SelfReport['phone']
  data: SelfReport['data']
  deleted: SelfReport['deleted']
  evidence: SelfReport['evidence']
  told: boolean
  done: Optional<string>
  done_by: Optional<string>
  done_at: Optional<Date>
}

export interface AmnestiesTable {
  id: string
  from_day: string
  until_day: string
  apps: string[]
  set_by: string
  set_at: Date
}
