/** Recordings of an archive that are kept for a case: proposed, approved, sealed into an extract, and gone from the archive. */
export { approveKeep, refuseKeep } from './decide-keep.ts'
export { keepRecordings, keepsLeftBehind } from './keep-recordings.ts'
export { isCaseFault, keepFaults, type KeepInput, MOST_KEPT, proposeKeep } from './propose-keep.ts'
export { type Keep, readKeep, readKeeps, waitingKeeps } from './read-keeps.ts'
export { readTied, readTies, type Tie, type TiedRecordings } from './read-ties.ts'
export { tryKeepAgain } from './try-again.ts'
