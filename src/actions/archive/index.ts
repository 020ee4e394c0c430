/**
 * Archives of call recordings: taken in from where they were collected, sealed, and matched with the force's registers. Others build on `withArchiveKeys`,
 * `openedItems`, `matchesNow`, `lockArchive` and `registersOf`.
 */
export * from './batch/index.ts'
export { archivesLeftBehind } from './archive-work.ts'
export { checkCollected, type StillCollected } from './check-collected.ts'
export { collectedFolders } from './collected.ts'
export { ARCHIVE_FAILURES, type ArchiveFailure, tryArchiveAgain } from './failed-archive.ts'
export {
  type GivenRegister,
  giveRegister,
  givenRegisterFaults,
  isTable,
  LARGEST_REGISTER,
  setColumns,
  takeBackRegister,
} from './give-register.ts'
export type { MatchCounts } from './match-counts.ts'
export { matchArchiveNow, startMatching } from './match-archive.ts'
export { type NewArchive, newArchiveFaults, openArchive } from './open-archive.ts'
export {
  type Archive,
  type ArchiveProgress,
  type GivenRegisterRow,
  readArchive,
  readArchives,
  readRegisters,
} from './read-archive.ts'
export type { Oddities } from './register-reading.ts'
export { takeInArchive } from './take-in.ts'
export * from './triage/index.ts'
export { WAITS_DAYS } from './write-matches.ts'
export { type Columns, readColumns } from './read-columns.ts'
export { readStanding, type Standing } from './read-standing.ts'
