/**
 * Review: finds its way in an open container. Knows pages, conversations, stretches of time, words and places, and how records that were
 * set apart are kept out of all of them. Does not know who looks, why, or what is logged of it.
 * Invariant: what lies in one compartment is in no page, count, search or picture of another; and no question reads all records.
 */
export * from './catalogue.ts'
export * from './compartment.ts'
export * from './filter.ts'
export * from './highlight.ts'
export * from './histogram.ts'
export * from './media.ts'
export * from './shown-digest.ts'
export * from './view.ts'
