/**
 * Archives of call recordings: taken in from where they were collected, sealed, and matched with the force's registers. Others build on `withArchiveKeys`,
 * `openedItems`, `matchesNow`, `lockArchive` and `registersOf`.
 */
export { archivesLeftBehind } from './archive-work.ts'
export * from './batch/index.ts'
export { checkCollected, type StillCollected } from './check-collected.ts'
export * from './close/index.ts'
export { isClosed } from './closed-archive.ts'
export { collectedFolders } from './collected.ts'
export { ARCHIVE_FAILURES, type ArchiveFailure, tryArchiveAgain } from './failed-archive.ts'
export * from './figures/give-figure.ts'
export * from './figures/read-statistics.ts'
export type { ToldMonth } from './figures/told-counts.ts'
export {
  type GivenRegister,
  giveRegister,
  givenRegisterFaults,
  isTable,
  LARGEST_REGISTER,
  setColumns,
  takeBackRegister,
} from './give-register.ts'
export * from './history/note-milestone.ts'
export * from './history/read-milestones.ts'
export * from './keep/index.ts'
export * from './listening/index.ts'
export { matchArchiveNow, startMatching } from './match-archive.ts'
export type { MatchCounts } from './match-counts.ts'
export * from './names/index.ts'
export { type NewArchive, newArchiveFaults, openArchive } from './open-archive.ts'
export * from './places/note-place.ts'
export * from './places/read-places.ts'
export {
  type Archive,
  type ArchiveProgress,
  type GivenRegisterRow,
  readArchive,
  readArchives,
  readRegisters,
} from './read-archive.ts'
export { type Columns, readColumns } from './read-columns.ts'
export { readStanding, type Standing } from './read-standing.ts'
export type { Oddities } from './register-reading.ts'
export * from './sample/draw-sample.ts'
export * from './sample/judge-sampled.ts'
export * from './sample/look-at-sampled.ts'
export * from './sample/read-sample.ts'
export * from './sample/samples-waiting.ts'
export { takeInArchive } from './take-in.ts'
export * from './triage/index.ts'
export { WAITS_DAYS } from './write-matches.ts'
