/**
 * Apps: what a package is and could do, before it is let onto a force's phones and after. Knows the formats of Android's and
 * Apple's packages and how a call recorder shows. Does not know people, roles or who decides, and runs nothing of a package.
 * Invariant: a package that two readers could read in two ways is refused with a code, in bounded time and memory.
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
