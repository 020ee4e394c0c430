/**
 * Artefacts: what a file on a phone means. Knows where apps keep their files, their schemas by version, and how a row becomes
 * a record. Does not know what is authorised, and decides nothing about what is taken.
 * Invariant: every row is either a record or a reported problem; nothing vanishes.
 */
export * from './artefact.ts'
export { FACTS, type KeptRecording, KEPT_RECORDINGS } from './kept-recordings/kept-recordings.ts'
export { ARTEFACTS } from './registry.ts'
