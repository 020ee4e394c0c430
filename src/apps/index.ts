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
export type { Reason } from './reason.ts'
