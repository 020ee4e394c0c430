/**
 * Extraction: the main job. Knows how a grant and a source become a sealed container, its counts and its manifest. Does not
 * know how an authorisation is signed or who may ask.
 * Invariant: what is in the container is what the scope admits, everything else is counted, and the two add up.
 */
export * from './extract.ts'
export type { FileCounts } from './file-ledger.ts'
export * from './manifest.ts'
export * from './reseal.ts'
export * from './sign-manifest.ts'
export { isAskedFor, locate, locateLoose, type Unit } from './plan.ts'
export type { KindCounts } from './tally.ts'
