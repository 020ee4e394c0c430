/**
 * Review: finds its way in an open container. Knows pages, conversations, stretches of time, words and places, the catalogue that says where
 * they are, and how records that were set apart are kept out of all of them. Does not know who looks, why, or what is logged of it.
 * Invariant: what lies in one compartment is in no page, count, search or picture of another; and no question reads all records, but the one
 * that makes the catalogue.
 */
export * from './catalogue.ts'
export * from './compartment.ts'
export * from './filter.ts'
export * from './highlight.ts'
export * from './histogram.ts'
export * from './media.ts'
export * from './shown-digest.ts'
export * from './view.ts'
