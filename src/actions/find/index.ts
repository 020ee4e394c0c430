export {
  decideFind,
  FIND_OUTCOMES,
  type FindDecision,
  type FindOutcome,
  findDecisionFaults,
} from './decide-find.ts'
export { type Find, type FindInShort, findsIn, findsToDecide, readFind, type WaitingFind } from './read-finds.ts'
export { FIND_KINDS, findFaults, type FindKind, LONGEST_FIND, type ReportedFind, reportFind } from './report-find.ts'
