/** The end of an archive: nothing of it is left to decide, two people say so, and its key goes. */
export { closeArchive } from './close-archive.ts'
export { decideClosing } from './decide-closing.ts'
export { proposeClosing } from './propose-closing.ts'
export { type ArchiveClosing, closingsWaiting, type ReadClosing, readClosing } from './read-closing.ts'
export type { StandsAgainst } from './stands-against.ts'
