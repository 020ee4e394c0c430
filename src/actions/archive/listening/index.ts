export { askListening, listeningFaults } from './ask-listening.ts'
export { decideListening, type ListeningDecision, listeningDecisionFaults } from './decide-listening.ts'
export { endListening } from './end-listening.ts'
export { type Hearing, hearRecording } from './hear-recording.ts'
export { type Listening, LISTENING_MINUTES, LONGEST_LISTENING_REASON } from './listening.ts'
export type { NotHeard } from './may-be-heard.ts'
export {
  type HeardSeconds,
  listeningsWaiting,
  readBeforeAsking,
  readListening,
  type RecordingInShort,
} from './read-listening.ts'
