/** Triage of an archive: recordings by class and rule, one by one, what is decided of them, what is held, and what those who held the phones say. */
export { countRecordings, readChoices, type RecordingCounts } from './count-recordings.ts'
export {
  decideRecording,
  RECORDING_OUTCOMES,
  type RecordingDecisionInput,
  recordingDecisionFaults,
  type RecordingOutcome,
  staysBy,
} from './decide-recording.ts'
export { liftArchiveHold, liftFaults } from './lift-hold.ts'
export {
  isHolder,
  type NewStatement,
  type OwnArchive,
  type OwnStatement,
  readOwnArchives,
  STATED,
  statementFaults,
  stateOwn,
} from './own-recordings.ts'
export { readArchiveHolds, type ShownHold } from './read-holds.ts'
export {
  type ListedRecording,
  readQueue,
  readRecordings,
  type RecordingFilter,
  type RecordingPage,
  RECORDINGS_A_PAGE,
} from './read-recordings.ts'
export { type RecordingDecision, seeRecording, type SeenRecording } from './see-recording.ts'
export { holdFaults, type NewHold, setArchiveHold } from './set-hold.ts'
export { type WaitingRecordings, waitingRecordings } from './waiting-recordings.ts'
