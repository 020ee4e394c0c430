/**
 * Apps: what an app is and could do, what was assessed of it, and which phones hold it, before it is let onto a force's phones
 * and after. Knows the formats of packages, assessments and the catalogue. Does not know the clock, who may act and who
 * decides; people stand in its documents and are only told apart. Runs nothing of a package.
 * Invariant: an app that nobody assessed in time is let onto no phone; a package that two readers could read in two ways is
 * refused with a code, in bounded time and memory.
 */
export { gradeCallRecorder, KNOWN_RECORDERS } from './package/call-recorder.ts'
export { type PackageCode, PackageError } from './package/errors.ts'
export { inspectPackage, type InspectOptions } from './package/inspect-package.ts'
export type {
  Component,
  Grade,
  InspectedPackage,
  PackageProblem,
  Permission,
  Recorder,
  RecorderReason,
  Risk,
  Signer,
  Tracker,
} from './package/package.ts'
export { TrackerList } from './package/trackers.ts'
export {
  EVENTS as PIA_EVENTS,
  type Held as PiaHeld,
  type PiaOddity,
  PIA_QUESTIONS,
  TEXTS as PIA_TEXTS,
} from './dpia/cnil/held.ts'
export { type ExportedPia, exportPia, type ImportedPia, importPia } from './dpia/cnil/pia.ts'
export {
  type Advice,
  type Approval,
  assessedDigest,
  brokenLinks,
  type CommissionerConsulted,
  commissionersDay,
  type ConsultationReview,
  type Dpia,
  dpiaDigest,
  type Measure,
  nextRevision,
  type SignOff,
} from './dpia/dpia.ts'
export { DpiaError, type DpiaErrorCode } from './dpia/errors.ts'
export {
  freeRiskId,
  measureFaults,
  withMeasure,
  withoutMeasure,
  withoutRisk,
  withRisk,
} from './dpia/lists.ts'
export { type Missing, missingFrom } from './dpia/missing.ts'
export {
  type Head,
  HEADS,
  type Question,
  QUESTION_IDS,
  type QuestionId,
  QUESTIONS,
  type Step,
  STEPS,
} from './dpia/questions.ts'
export { checkDpia, DPIA_SCHEMA, readDpia } from './dpia/read-dpia.ts'
export {
  type Effect,
  EFFECTS,
  type Level,
  LEVELS,
  type Likelihood,
  LIKELIHOODS,
  overall,
  residualFaults,
  type Risk as DpiaRisk,
  RISK_KINDS,
  type RiskKind,
  SEVERITIES,
  type Severity,
} from './dpia/risk.ts'
export {
  awaitsCommissionerUntil,
  DPIA_REASONS,
  type DpiaStanding,
  dpiaStanding,
  mustConsult,
  reviewsDue,
} from './dpia/standing.ts'
export { isSamePerson, type Person } from './person.ts'
export type { Platform } from './platform.ts'
export type { Reason } from './reason.ts'
export {
  ACT_REASONS,
  actOn,
  type AppAct,
  type Acted,
  LONGEST_TRIAL,
  MOST_IN_TRIAL,
  QUORUM,
  requestApp,
} from './catalogue/act.ts'
export {
  ASKED_FIRST,
  type CatalogueEntry,
  type DataFlow,
  entryDigest,
  missingFromEntry,
  RECORDING_ROUTES,
  type RecordingRoute,
  type RestrictabilityTest,
  type SecurityReview,
  type Supplier,
} from './catalogue/entry.ts'
export { againstLettingOn, type Facts as AppFacts, GUARD_REASONS } from './catalogue/guards.ts'
export { INSTALL_REASONS, type InstallGrant, type Installing, mayInstall } from './catalogue/install.ts'
export {
  clearance,
  CLEARANCE_REASONS,
  type Instruction,
  instructionDigest,
  instructionFaults,
  markQuiz,
  type QuizAttempt,
  type QuizQuestion,
  type QuizResult,
  type Receipt as InstructionReceipt,
  reissue,
} from './catalogue/instruction.ts'
export {
  type Amnesty,
  AMNESTY_REASONS,
  DATA_HELD,
  DELETED,
  EVIDENCE,
  followingFrom,
  FOLLOWING,
  INSTALLED,
  type SelfReport,
  underAmnesty,
  WHOSE_PHONE,
} from './catalogue/self-report.ts'
export {
  type AppApproval,
  type AppRecord,
  type AppStep,
  type Board,
  type Disposal,
  type State as AppState,
  STATES as APP_STATES,
  type Suspension,
  type Trial,
} from './catalogue/state.ts'
export { type AppVersion, changesOf, VERSION_REASONS, versionOf } from './catalogue/version.ts'
export { type Alias, proposeAliases } from './fleet/aliases.ts'
export { compareFleet, type Comparison, type Finding } from './fleet/drift/findings.ts'
export { type Holdings, NO_HOLDINGS, quietSince, takeIn } from './fleet/drift/fleet-state.ts'
export {
  FINDING_REASONS,
  type FindingKind,
  KINDS as FINDING_KINDS,
  type Rules as FleetRules,
  SEVERITIES as FINDING_SEVERITIES,
  type Severity as FindingSeverity,
} from './fleet/drift/judge.ts'
export { aboveCohort, type Spread } from './fleet/drift/spread.ts'
export {
  DEADLINES,
  type Deadlines,
  type Detection,
  detectionOf,
  type Fleet,
  fleetAfter,
  nextFleet,
  NO_FLEET,
  type Ticket,
} from './fleet/drift/tickets.ts'
export { type FleetCode, FleetError } from './fleet/errors.ts'
export { readAndroidManagement } from './fleet/import/android-management.ts'
export { readAppleMdm } from './fleet/import/apple-mdm.ts'
export { checkColumns, type FleetColumns, readColumns } from './fleet/import/columns.ts'
export { readGoogleWorkspace } from './fleet/import/google-workspace.ts'
export { readIntuneExport } from './fleet/import/intune-export.ts'
export { readIntuneGraph } from './fleet/import/intune-graph.ts'
export {
  type AppCount,
  type Imported,
  type Install,
  type Installer,
  type Odd as OddRow,
  SAID_OF_APP,
  type Source as FleetSource,
  SOURCES as FLEET_SOURCES,
} from './fleet/install.ts'
export { type Lapse, lapseOf, type PermittedApp } from './fleet/permitted.ts'
export { type CatalogueOptions, permittedByCatalogue } from './fleet/permitted-by-catalogue.ts'
export { type AndroidExport, type AndroidPolicy, androidPolicy } from './fleet/policy/android-policy.ts'
export { type IntuneExport, intunePlan } from './fleet/policy/intune-plan.ts'
export { diffPolicies, type PolicyChange } from './fleet/policy/policy-diff.ts'
export {
  GRANTS,
  INSTALLS,
  MICROPHONES,
  type PermissionRule,
  type Refusal as PolicyRefusal,
  type RoleApp,
  type RolePolicy,
} from './fleet/policy/role-policy.ts'
export { policySheet, type SheetExport } from './fleet/policy/sheet.ts'
