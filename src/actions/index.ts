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
export * from './case/add-member.ts'
export * from './case/close-case.ts'
export * from './case/open-case.ts'
export * from './case/read-case.ts'
export * from './case/read-cases.ts'
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
  type ClauseChange,
  type Draft,
  INSTEAD,
  type Instead,
  type LineBelief,
  nextId,
  type Written,
} from './request/draft.ts'
export { LADDER, OUTCOMES, type Outcome, type Rung } from './request/ladder.ts'
export * from './request/new-version.ts'
export * from './request/no-phone-needed.ts'
export {
  needsFacts,
  type OpenQuestion,
  reachesEverything,
  REQUEST_PARTS,
  type RequestPart,
} from './request/open-questions.ts'
export { grantsBefore, type ReadRequest, readRequest, requestOf } from './request/read-request.ts'
export * from './request/save-part.ts'
export * from './request/start-request.ts'
export * from './request/submit-request.ts'
export * from './request/withdraw-request.ts'
