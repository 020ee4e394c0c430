export { beginByHand, type DeviceInHand } from './begin-by-hand.ts'
export {
  type ByHand,
  HAND_METHODS,
  type HandMethod,
  PRESENT,
  type Present,
  type Seen,
  seenByKind,
} from './by-hand.ts'
export { readBeginByHand, readByHand, type ReadByHand, waitingByHand } from './read-by-hand.ts'
export { type HandFault, handFaults, recordByHand, type SaidByHand } from './record-by-hand.ts'
