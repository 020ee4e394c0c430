/**
 * Actions: everything that can be done in the service, one verb a file. Knows the policy, the order of the flow, and that nothing is done before it is
 * logged. Does not know pages, command lines or queues.
 * Invariant: every act asks the policy with facts from the database, is written to the log, and only then done; where it cannot be logged, it is not done.
 */
export * from './action-error.ts'
export * from './allow.ts'
export * from './ops.ts'
export * from './signed-in.ts'
export * from './subject.ts'
export * from './archive/index.ts'
export * from './by-the-clock/close-ended-openings.ts'
export * from './by-the-clock/end-sign-ins.ts'
export * from './breach/decide-breach.ts'
export { type Breach, BREACH_HOURS, readBreach, readBreaches } from './breach/read-breaches.ts'
export * from './breach/report-breach.ts'
export * from './case/add-member.ts'
export * from './case/close-case.ts'
export * from './case/open-case.ts'
export * from './case/read-case.ts'
export * from './case/read-cases.ts'
export * from './case/read-closing.ts'
export * from './case/read-timeline.ts'
export * from './case/read-waiting.ts'
export * from './case/remove-member.ts'
export * from './device/change-role.ts'
export * from './device/continuity.ts'
export * from './device/custody-clock.ts'
export * from './device/draft.ts'
export * from './device/lend-phone.ts'
export * from './device/move-device.ts'
export * from './device/read-device.ts'
export * from './device/receive-device.ts'
export * from './device/return-device.ts'
export * from './device/words.ts'
export {
  CLAUSE_STEPS,
  type ClauseChange,
  type ClauseStep,
  nextStep,
  stepsFor,
  type Unfinished,
} from './request/clause-steps.ts'
export {
  agreementOf,
  deviceOf,
  type Documented,
  type DocumentPeople,
  digestOfWritten,
  documentOf,
  personOf,
} from './request/document-of.ts'
export {
  type Answer,
  type Beliefs,
  clauseIds,
  type Draft,
  INSTEAD,
  type Instead,
  type LineBelief,
  nextId,
  type Written,
} from './request/draft.ts'
export {
  CODE,
  CODE_STEPS,
  type CodeAnswer,
  type CodeStep,
  codeStepsFor,
  departuresOf,
  isUnderCode,
} from './request/code-of-practice.ts'
export { isTimeFor } from './request/late-part.ts'
export {
  OTHER_USER_OUTCOMES,
  type OtherUser,
  type OtherUserOutcome,
} from './request/other-users.ts'
export { SCHEDULE_8, type Schedule8Condition, type SensitiveProcessing } from './request/sensitive-processing.ts'
export { LADDER, OUTCOMES, type Outcome, type Rung } from './request/ladder.ts'
export * from './oversight/prove-entry.ts'
export * from './oversight/query-log.ts'
export * from './oversight/read-figures.ts'
export * from './oversight/read-log-state.ts'
export * from './request/new-version.ts'
export * from './request/no-phone-needed.ts'
export {
  isSameText,
  LATE_PARTS,
  needsFacts,
  type OpenQuestion,
  partsOf,
  reachesEverything,
  REQUEST_PARTS,
  type RequestPart,
} from './request/open-questions.ts'
export { type DeviceToAsk, readDevicesToAsk } from './request/read-devices.ts'
export { type OwnRequest, readOwnRequests } from './request/read-own.ts'
export { readUsual } from './request/read-usual.ts'
export { grantsBefore, type ReadRequest, readRequest, requestOf } from './request/read-request.ts'
export * from './request/save-part.ts'
export * from './request/start-request.ts'
export * from './request/submit-request.ts'
export * from './request/withdraw-request.ts'
export { changeProcessingFacts } from './processing/change-facts.ts'
export { FORCE_FACTS, type ForceFactId, type ForceFacts, forceFactsFaults } from './processing/force-facts.ts'
export { PROCESSING_OPERATIONS } from './processing/operations.ts'
export type { FactsVersion } from './processing/read-facts.ts'
export { type ProcessingRecord, readProcessingRecord, type RecordedOperation } from './processing/read-record.ts'
export * from './retention/decide-review.ts'
export { heldNow, type Held } from './retention/held.ts'
export * from './retention/holds.ts'
export * from './retention/read-held.ts'
export * from './destruction/decide-destruction.ts'
export { destroyExtract, finishDestructions } from './destruction/destroy-extract.ts'
export * from './destruction/destroy-part.ts'
export { proposeExcessDestruction } from './destruction/propose-excess.ts'
export { proposeDestruction } from './destruction/propose-destruction.ts'
export * from './destruction/read-destruction.ts'
export { type ExcessState, readExcessState } from './destruction/read-excess.ts'
export {
  type AgreementFault,
  agreementFaults,
  recordAgreement,
  type RecordedAgreement,
} from './agreement/record-agreement.ts'
export { type Answers, dropAnswers, readAnswers, saveAnswers } from './agreement/answers.ts'
export * from './agreement/read-agreement.ts'
export * from './extraction/index.ts'
export * from './by-hand/index.ts'
export * from './find/index.ts'
export * from './fleet/index.ts'
export * from './instruction/index.ts'
export * from './self-report/index.ts'
export * from './apps/index.ts'
export * from './dpia/index.ts'
export * from './agreement/record-refusal.ts'
export * from './agreement/tell-guardian.ts'
export * from './agreement/withdraw-agreement.ts'
export { isOfTheForce, whoMayBeAsked } from './agreement/who-may-agree.ts'
export {
  decideJournalistic,
  isJournalistic,
  type JournalisticDecision,
  journalisticDecision,
  journalisticFaults,
} from './decision/decide-journalistic.ts'
export { type Advice, adviceOn, adviseRequest, MAY_ADVISE } from './request/advise-request.ts'
export * from './decision/end-authorisation.ts'
export { type GrantInput, grantRequest, LONGEST_GRANT, validityFault } from './decision/grant-request.ts'
export * from './decision/narrow-request.ts'
export { type Narrowing, type NarrowingFault, narrower } from './decision/narrower.ts'
export * from './decision/read-decision.ts'
export { type Reasons, reasonFaults } from './decision/reasons.ts'
export { trustedKeys } from './decision/person-key.ts'
export * from './decision/turn-down.ts'
export { asksForAgreement, audienceOf, type NoticeChoices } from './notice/prepare-notice.ts'
export * from './notice/read-notice.ts'
export * from './notice/serve-notice.ts'
export { type Measure as ExtractMeasure } from './measure/measure.ts'
export { type SexualHistory, sexualHistoryIn } from './measure/sexual-history.ts'
export * from './account/keys.ts'
export * from './people/read-people.ts'
export { closeExtract } from './review/close-extract.ts'
export { decideExcess, decidePrivilege, readDecided } from './review/decide-set-apart.ts'
export type { HeldExtract } from './review/held-extract.ts'
export { type NotedSearch, noteSearch, readSearches } from './review/note-search.ts'
export { IDLE_OPENING, LONGEST_OPENING, openExtract } from './review/open-extract.ts'
export { closeReaders, openReaders } from './review/open-readers.ts'
export { liveOpening, type Opening } from './review/opening.ts'
export { type Purpose, PURPOSES, purposesFor } from './review/purposes.ts'
export { extractsToReview, readBeforeOpening, setApartToDecide, type WaitingExtract } from './review/read-review.ts'
export { showRecords, type ShownAs } from './review/show-records.ts'
export { setApartFound, SETS_APART, tagRecords, TAGS } from './review/tag-records.ts'
export { unmaskPeople } from './review/unmask-people.ts'
export { type ExtractPart, type OpenExtract, withOpenExtract } from './review/with-open-extract.ts'
export { LONGEST_NOTE, type Note, readNotes, writeNote } from './review/write-note.ts'
