/**
 * Recordings: archives of call recordings that should never have been made. Knows how recorders name and write their files,
 * what ties a recording to an operation, a case or a hold, and what may be proposed for it. Does not know people, the clock
 * or who decides, plays nothing and destroys nothing.
 * Invariant: what is not known is not guessed, and nothing that is tied to anything is ever proposed for destruction.
 */
export {
  type Learnt,
  type MarkFault,
  type Part,
  PARTS,
  partsFor,
  templateOf,
  withDirections,
} from './archive/names/learn-template.ts'
export { commonWords, maskedName, maskedNumber, maskedTokens } from './archive/names/masked-name.ts'
export { type NameTemplate, TemplateError } from './archive/names/name-template.ts'
export { shapeOf, stemOf, type Token } from './archive/names/name-tokens.ts'
export type { Direction, NamedCall, NamedTime, Precision } from './archive/names/named-call.ts'
export { NameParser } from './archive/names/parse-name.ts'
export { readTemplates } from './archive/names/read-templates.ts'
export { DirectionWords } from './archive/names/direction-words.ts'
export { TemplateTrial, type Tried } from './archive/names/try-template.ts'
export { type Confidence, type Recorder, RECORDERS } from './archive/names/recorders.ts'
export type { Audio, AudioFile, Container, Damage, State } from './archive/audio/audio.ts'
export { readAudio } from './archive/audio/read-audio.ts'
export { type InventoryItem, type InventorySummary, itemsOf, summaryOf } from './archive/inventory/inventory.ts'
export { createInventory, devicesOf, type FileKind, forgetFile } from './archive/inventory/inventory-store.ts'
export { itemFrom, itemIdOf } from './archive/inventory/item-from.ts'
export type { ExpectedRecording } from './archive/inventory/acr-database.ts'
export type { SidecarFacts } from './archive/inventory/sidecar.ts'
export { type InventoryProgress, takeInventory } from './archive/inventory/take-inventory.ts'
export { archiveKey, matchedAt, matchesOf, matchInventory } from './archive/inventory/matched.ts'
export { type Clock, type Moment, readMoment } from './archive/match/british-moment.ts'
export {
  type ColumnMapping,
  mappingFor,
  ownMapping,
  readMapping,
  type Table,
  TABLES,
} from './archive/match/column-mapping.ts'
export { MatchError, type MatchErrorCode } from './archive/match/errors.ts'
export { type Holdable, Holds } from './archive/match/held.ts'
export type { Item, Source, ToldCall } from './archive/match/item.ts'
export { type Match, matchArchive } from './archive/match/match.ts'
export type { Facts } from './archive/match/match-items.ts'
export {
  type Class,
  CLASSES,
  classOf,
  type Reason,
  type ReasonCode,
  REASONS,
  type Rule,
} from './archive/match/reason.ts'
export { readRegister } from './archive/match/read-registers.ts'
export type { Reading, RowProblem } from './archive/match/row-reader.ts'
export type {
  ArchiveHold,
  BilledCall,
  CaseRow,
  HeldThing,
  Holding,
  Operation,
  OwnerSays,
  OwnerStatement,
  ProtectedKind,
  ProtectedNumber,
  Registers,
} from './archive/match/rows.ts'
export { idKey } from '../records/index.ts'
export { Telephones } from './archive/match/telephone.ts'
export { HELD_THINGS, OWNER_SAYS } from './archive/match/rows.ts'
export type { Window } from './archive/match/window.ts'
export {
  type Batch,
  type BatchItem,
  batchLeaf,
  type Freezable,
  freezeBatch,
  type Proposal,
  rootOf,
} from './archive/triage/batch.ts'
export { lookAgain, type Looked, type Sources } from './archive/triage/look-again.ts'
export {
  type CertifiedHand,
  type CertifiedPlace,
  leavesOf,
  type RecordingsCertificate,
  recordingsCertificate,
  type RecordingsDestruction,
} from './archive/triage/certificate.ts'
export { TriageError, type TriageErrorCode } from './archive/triage/errors.ts'
export { mark, type Marked } from './archive/triage/mark.ts'
export {
  type BatchDecision,
  type BatchVerdict,
  mayDestroy,
  type VerdictCode,
  type VerdictReason,
} from './archive/triage/may-destroy.ts'
export {
  applyReleases,
  mayBeReleased,
  needsPrivilegedRoute,
  type Release,
  settling,
} from './archive/triage/release.ts'
export { drawSample, sampleSize } from './archive/triage/sample.ts'
export {
  type ArchiveStatistics,
  archiveStatistics,
  type Counts,
  HOW_COUNTED,
  type MonthCounts,
  statisticsCsv,
} from './archive/triage/statistics.ts'
export { type Bounds, mostWrong, mostWrongOf, wrongShare } from './archive/triage/wrong-share.ts'
