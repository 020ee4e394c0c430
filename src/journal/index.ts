/**
 * Journal: how what happens comes to stand in the log. Knows the table of statements, the log, and their order. Does not know what the events mean
 * nor who may cause them.
 * Invariant: whoever was told that an event is recorded finds it in the log, at that index, whatever ends when; each case counts its entries without a gap.
 */
export * from './errors.ts'
export { Audit } from './audit.ts'
export { type Event, type Journal, openJournal, type Recorded } from './journal.ts'
export { sequence, type Sequencer } from './sequencer.ts'
